package ru.elumenta.error;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.sun.net.httpserver.HttpServer;
import feign.Feign;
import feign.Headers;
import feign.Param;
import feign.RequestLine;
import feign.Retryer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The decoder in a Feign client that knows nothing else of this library. */
class PlainFeignTest {
  interface PlainApi {
    @RequestLine("POST /generate")
    @Headers("Content-Type: application/json")
    String generate(String request);

    @RequestLine("GET /generate/{generationId}?verbose={verbose}")
    String generation(@Param("generationId") String id, @Param("verbose") boolean verbose);
  }

  private static final byte[] BODY =
      """
      {"error": "insufficient_tokens",
       "message": "Insufficient token balance. Required: 8, Available: 3",
       "details": {"required": 8, "available": 3}}
      """
          .getBytes(StandardCharsets.UTF_8);

  private final List<String> requests = new CopyOnWriteArrayList<>();
  private HttpServer server;
  private PlainApi api;

  @BeforeEach
  void start() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/",
        exchange -> {
          requests.add(exchange.getRequestMethod() + " " + exchange.getRequestURI());
          exchange.getRequestBody().readAllBytes();
          exchange.getResponseHeaders().add("X-Request-Id", "req-77");
          exchange.sendResponseHeaders(402, BODY.length);
          exchange.getResponseBody().write(BODY);
          exchange.close();
        });
    server.start();
    api =
        Feign.builder()
            .errorDecoder(new ElumentaErrorDecoder())
            .retryer(Retryer.NEVER_RETRY)
            .target(
                PlainApi.class,
                "http://%s:%d/api/v2"
                    .formatted(
                        server.getAddress().getAddress().getHostAddress(),
                        server.getAddress().getPort()));
  }

  @AfterEach
  void stop() {
    server.stop(0);
  }

  @Test
  void aDocumentedFailureArrivesAsItsExceptionAfterOneRequest() {
    InsufficientTokensException failure =
        catchThrowableOfType(InsufficientTokensException.class, () -> api.generate("{}"));

    assertThat(failure.shortfall()).hasValue(5);
    assertThat(failure.context().method()).isEqualTo("POST");
    assertThat(failure.context().path()).isEqualTo("/generate");
    assertThat(failure.context().requestId()).contains("req-77");
    assertThat(requests).containsExactly("POST /api/v2/generate");
  }

  @Test
  void thePathKeepsItsPlaceholders() {
    InsufficientTokensException failure =
        catchThrowableOfType(
            InsufficientTokensException.class, () -> api.generation("gen_abc123", true));

    assertThat(failure.context().path()).isEqualTo("/generate/{generationId}");
    assertThat(requests).containsExactly("GET /api/v2/generate/gen_abc123?verbose=true");
  }
}
