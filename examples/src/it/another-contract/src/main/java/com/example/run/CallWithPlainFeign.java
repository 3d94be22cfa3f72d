package com.example.run;

import static com.example.run.CallAPetShop.check;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.sun.net.httpserver.HttpServer;
import feign.Feign;
import feign.Param;
import feign.RequestLine;
import feign.Retryer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import ru.elumenta.client.ElumentaClient;
import ru.elumenta.error.ElumentaErrorDecoder;
import ru.elumenta.error.Execution;
import ru.elumenta.error.InsufficientTokensException;
import ru.elumenta.error.ModelUnavailableException;
import ru.elumenta.error.NotFoundException;
import ru.elumenta.error.RateLimitException;
import ru.elumenta.error.UnexpectedResponseException;
import ru.elumenta.error.ValidationException;

/** An interface that somebody wrote by hand: the exceptions alone, and then retries and the deadline. */
public final class CallWithPlainFeign {
  /** No word of ours in it. */
  public interface Pets {
    @RequestLine("POST /pets/{answer}")
    Map<String, Object> take(@Param("answer") String answer);

    @RequestLine("GET /pets/{answer}")
    Map<String, Object> look(@Param("answer") String answer);
  }

  private static final JsonMapper JSON = new JsonMapper();
  private static final AtomicInteger REQUESTS = new AtomicInteger();

  private CallWithPlainFeign() {}

  public static void main(String[] args) throws IOException {
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/pets/", CallWithPlainFeign::answer);
    server.start();
    String url = "http://127.0.0.1:" + server.getAddress().getPort();
    try {
      theDecoderAlone(
          Feign.builder()
              .errorDecoder(new ElumentaErrorDecoder())
              .retryer(Retryer.NEVER_RETRY) // Feign's own sends a POST five times
              .decoder(
                  (response, type) ->
                      JSON.readValue(response.body().asInputStream(), JSON.constructType(type)))
              .target(Pets.class, url));
      try (ElumentaClient client =
          ElumentaClient.builder()
              .apiKey("a-key")
              .baseUrl(url)
              .callTimeout(Duration.ofSeconds(20))
              .build()) {
        retriesToo(client.api(Pets.class));
      }
    } finally {
      server.stop(0);
    }
  }

  private static void theDecoderAlone(Pets pets) {
    check("Tom", pets.take("200").get("name"));
    NotFoundException missing = thrown(NotFoundException.class, () -> pets.take("404"));
    check("No such pet", missing.context().serverMessage().orElseThrow());
    InsufficientTokensException poor =
        thrown(InsufficientTokensException.class, () -> pets.take("402"));
    check(7L, poor.required().orElseThrow());
    ValidationException wrong = thrown(ValidationException.class, () -> pets.take("422"));
    check("name", wrong.fields().get(0).field());
    RateLimitException fast = thrown(RateLimitException.class, () -> pets.take("429"));
    check(Duration.ofSeconds(3), fast.retryAfter().orElseThrow());
    check(
        Execution.NOT_EXECUTED,
        thrown(ModelUnavailableException.class, () -> pets.take("503")).execution());
    check(
        Execution.UNKNOWN,
        thrown(UnexpectedResponseException.class, () -> pets.take("502")).execution());
    check(7, REQUESTS.getAndSet(0)); // each was sent once
  }

  /** A GET is sent again after a 502; a POST is not, because it may have run. */
  private static void retriesToo(Pets pets) {
    check("Tom", pets.look("once-502").get("name"));
    check(2, REQUESTS.getAndSet(0));
    thrown(RuntimeException.class, () -> pets.take("502"));
    check(1, REQUESTS.getAndSet(0));
  }

  private static void answer(com.sun.net.httpserver.HttpExchange exchange) throws IOException {
    int requests = REQUESTS.incrementAndGet();
    String wanted = exchange.getRequestURI().getPath().replaceFirst(".*/", "");
    int status = wanted.equals("once-502") ? requests == 1 ? 502 : 200 : Integer.parseInt(wanted);
    String body =
        switch (status) {
          case 200 -> "{\"name\":\"Tom\"}";
          case 404 -> "{\"error\":\"not_found\",\"message\":\"No such pet\"}";
          case 402 ->
              "{\"error\":\"insufficient_tokens\",\"details\":{\"required\":7,\"available\":1}}";
          case 422 ->
              "{\"error\":\"validation_error\",\"details\":{\"fields\":"
                  + "[{\"field\":\"name\",\"message\":\"is missing\"}]}}";
          case 503 -> "{\"error\":\"model_unavailable\"}";
          default -> "<html>";
        };
    if (status == 429) {
      exchange.getResponseHeaders().add("Retry-After", "3");
    }
    byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
    exchange.sendResponseHeaders(status, bytes.length);
    exchange.getResponseBody().write(bytes);
    exchange.close();
  }

  private static <E extends RuntimeException> E thrown(Class<E> type, Runnable call) {
    try {
      call.run();
    } catch (RuntimeException e) {
      if (type.isInstance(e)) {
        return type.cast(e);
      }
      throw e;
    }
    throw new IllegalStateException("It was answered.");
  }
}
