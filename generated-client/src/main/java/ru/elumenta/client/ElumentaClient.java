package ru.elumenta.client;

import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import ru.elumenta.client.internal.call.CallLimits;
import ru.elumenta.client.internal.service.ClientCore;

/**
 * A client for the Elumenta API.
 *
 * <pre>{@code
 * try (ElumentaClient elumenta = ElumentaClient.fromEnv()) {
 *   Generation image = elumenta.generate(new GenerationRequest()
 *       .model("dall-e-3").prompt("A lighthouse at dusk"));
 *   System.out.println(image.fileUrl().orElseThrow());
 * }
 * }</pre>
 *
 * <p>Every call ends within its time limit, is repeated only where that cannot pay twice, and fails
 * with an {@link ru.elumenta.error.ElumentaException} that says whether it cost anything.
 *
 * <p>Immutable and thread-safe; meant to live as long as the application. {@link #close()} ends the
 * connections and threads that the client started.
 */
public final class ElumentaClient extends CoreCalls implements AutoCloseable {
  private final ClientCore core;

  ElumentaClient(ClientCore core) {
    super(core, CallLimits.OF_CLIENT);
    this.core = core;
  }

  /** Starts to configure a client. */
  public static ElumentaClientBuilder builder() {
    return new ElumentaClientBuilder();
  }

  /**
   * Creates a client with the key in the environment variable {@code ELUMENTA_API_KEY} and, if set,
   * the base URL in {@code ELUMENTA_BASE_URL}.
   *
   * @throws IllegalArgumentException if the key is missing or cannot be one
   */
  public static ElumentaClient fromEnv() {
    return fromEnv(System::getenv);
  }

  static ElumentaClient fromEnv(UnaryOperator<@Nullable String> environment) {
    ElumentaClientBuilder builder = builder().apiKey(environment.apply("ELUMENTA_API_KEY"));
    String baseUrl = environment.apply("ELUMENTA_BASE_URL");
    return (baseUrl == null || baseUrl.isBlank() ? builder : builder.baseUrl(baseUrl)).build();
  }

  /**
   * Ends the connections and threads that the client started. Calls under way or waiting fail with
   * {@link ru.elumenta.error.CallInterruptedException}, later ones too. A transport or executor
   * given to the builder stays open, and a request on it goes on until it ends. Idempotent.
   */
  @Override
  public void close() {
    core.close();
  }
}
