package ru.elumenta.client;

import feign.Client;
import feign.Feign;
import feign.Logger;
import feign.Retryer;
import feign.TypedResponse;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.UnaryOperator;
import ru.elumenta.client.api.GenerationsApi;
import ru.elumenta.client.api.HistoryApi;
import ru.elumenta.client.internal.call.BearerToken;
import ru.elumenta.client.internal.call.CallSettings;
import ru.elumenta.client.internal.call.Pause;
import ru.elumenta.client.internal.call.ResilientCalls;
import ru.elumenta.client.internal.codec.JsonCodec;
import ru.elumenta.client.internal.recovery.HistoryLookUp;
import ru.elumenta.client.internal.transport.HttpTransport;
import ru.elumenta.client.internal.transport.WholeBodyClient;
import ru.elumenta.client.model.Generation;
import ru.elumenta.client.model.GenerationRequest;
import ru.elumenta.error.ElumentaErrorDecoder;

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
public final class ElumentaClient implements AutoCloseable {
  private final PollingOptions polling;
  private final TimeSource time;
  private final RetryOptions retry;
  private final Pause pause;
  private final HttpTransport ownTransport;
  private final Feign feign;
  private final String baseUrl;
  private final Map<Class<?>, Object> apis = new ConcurrentHashMap<>();

  ElumentaClient(
      Credentials credentials,
      String baseUrl,
      Duration attemptTimeout,
      Duration callTimeout,
      RetryOptions retry,
      Recovery recovery,
      PollingOptions polling,
      Client givenTransport,
      TimeSource time) {
    this.polling = polling;
    this.time = time;
    this.retry = retry;
    this.pause = new Pause(time);
    this.baseUrl = baseUrl;
    this.ownTransport = givenTransport == null ? new HttpTransport() : null;
    JsonCodec codec = new JsonCodec();
    this.feign =
        Feign.builder()
            .client(new WholeBodyClient(givenTransport == null ? ownTransport : givenTransport))
            .encoder(codec)
            .decoder(codec)
            .errorDecoder(new ElumentaErrorDecoder(time::now))
            .requestInterceptor(new BearerToken(credentials))
            .retryer(Retryer.NEVER_RETRY) // the default one sends a POST five times
            .logLevel(Logger.Level.NONE) // Feign's logger prints keys
            .invocationHandlerFactory(
                new ResilientCalls(
                    new CallSettings(time, pause, attemptTimeout, callTimeout, retry, recovery),
                    new HistoryLookUp(
                        () -> api(GenerationsApi.class), () -> api(HistoryApi.class), time, pause)))
            .build();
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

  static ElumentaClient fromEnv(UnaryOperator<String> environment) {
    ElumentaClientBuilder builder = builder().apiKey(environment.apply("ELUMENTA_API_KEY"));
    String baseUrl = environment.apply("ELUMENTA_BASE_URL");
    return (baseUrl == null || baseUrl.isBlank() ? builder : builder.baseUrl(baseUrl)).build();
  }

  /**
   * Returns a generated interface whose calls go through this client. The same instance each time.
   *
   * @param type an interface generated from the contract, for example {@code ModelsApi.class}
   * @throws IllegalArgumentException if it is none
   */
  public <T> T api(Class<T> type) {
    return type.cast(apis.computeIfAbsent(Require.notNull("type", type), this::create));
  }

  private Object create(Class<?> type) {
    try {
      return feign.newInstance(new feign.Target.HardCodedTarget<>(type, baseUrl));
    } catch (IllegalStateException e) {
      throw new IllegalArgumentException(
          type.getName() + " is not an interface generated from the contract.", e);
    }
  }

  /**
   * Creates a generation and waits until it is finished.
   *
   * <p>Creating is limited by the call time-out, waiting by {@link PollingOptions#limit()}. Costs
   * tokens if it completes.
   *
   * @return the completed generation
   * @throws GenerationFailedException if the service reports {@code status: failed}
   * @throws WaitTimeoutException if it is still pending at the limit; it goes on running
   * @throws ru.elumenta.error.ElumentaException as {@link GenerationsApi#createGeneration} does
   */
  public Generation generate(GenerationRequest request) {
    return submit(request).await();
  }

  /**
   * Creates a generation and returns at once. Costs tokens if it completes.
   *
   * @return the job, finished or not; {@link GenerationJob#await()} waits for it
   * @throws ru.elumenta.error.ElumentaException as {@link GenerationsApi#createGeneration} does
   */
  public GenerationJob submit(GenerationRequest request) {
    TypedResponse<Generation> created =
        api(GenerationsApi.class).createGenerationWithResponse(request);
    return GenerationJob.created(created, polls());
  }

  /**
   * Takes up a generation created earlier, for example before a restart. Sends nothing.
   *
   * @param id its id
   */
  public GenerationJob attach(GenerationId id) {
    return GenerationJob.attached(Require.notNull("id", id), polls());
  }

  private GenerationPolls polls() {
    return new GenerationPolls(api(GenerationsApi.class), polling, retry, time, pause);
  }

  /**
   * Ends the connections and threads that the client started. Calls under way or waiting fail with
   * {@link ru.elumenta.error.CallInterruptedException}, later ones too. A transport given to the
   * builder stays open, and a request on it goes on until it ends. Idempotent.
   */
  @Override
  public void close() {
    pause.close();
    if (ownTransport != null) {
      ownTransport.close();
    }
  }

  /** Shows the base URL, never the credentials. */
  @Override
  public String toString() {
    return "ElumentaClient[" + baseUrl + "]";
  }
}
