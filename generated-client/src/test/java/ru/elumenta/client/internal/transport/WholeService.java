package ru.elumenta.client.internal.transport;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import javax.net.ssl.SSLContext;

/** A service that answers each kind of request once it has come whole; files are on it, too. */
final class WholeService implements AutoCloseable {
  static final byte[] FILE = new byte[200_000];
  private static final String EXPIRED = "{\"error\":\"token_expired\",\"message\":\"no\"}";

  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final HttpServer server;
  private final String scheme;
  private final AtomicInteger tokens = new AtomicInteger();
  private final List<String> seen = Collections.synchronizedList(new ArrayList<>());
  private volatile int bytesOfRecording;

  /** Starts it; over TLS unless the context is null. */
  WholeService(SSLContext tls) throws IOException {
    InetSocketAddress address = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
    scheme = tls == null ? "http" : "https";
    if (tls == null) {
      server = HttpServer.create(address, 50);
    } else {
      HttpsServer encrypted = HttpsServer.create(address, 50);
      encrypted.setHttpsConfigurator(new HttpsConfigurator(tls));
      server = encrypted;
    }
    server.setExecutor(threads);
    server.createContext("/", this::answer);
    server.start();
  }

  String url() {
    return scheme + "://localhost:" + server.getAddress().getPort();
  }

  /** Method and path of each request. */
  List<String> seen() {
    return List.copyOf(seen);
  }

  int bytesOfRecording() {
    return bytesOfRecording;
  }

  private void answer(HttpExchange exchange) throws IOException {
    byte[] body = exchange.getRequestBody().readAllBytes();
    String path = exchange.getRequestURI().getPath();
    seen.add(exchange.getRequestMethod() + " " + path);
    switch (path) {
      case "/auth/login", "/auth/refresh" -> json(exchange, 200, newTokens());
      case "/generate" -> generate(exchange);
      case "/generate/stream" -> write(exchange, 200, "text/event-stream", bytes(Streams.FIRST));
      case "/stt" -> {
        bytesOfRecording = body.length;
        json(exchange, 200, Recording.WRITTEN);
      }
      case "/file.webp" -> write(exchange, 200, "image/webp", FILE);
      default -> json(exchange, 404, "{\"error\":\"not_found\",\"message\":\"no\"}");
    }
  }

  private String newTokens() {
    int number = tokens.incrementAndGet();
    return """
    {"access_token":"access-%d","refresh_token":"refresh-%d","token_type":"bearer","expires_in":900}\
    """
        .formatted(number, number);
  }

  /** The first token is no longer good. */
  private void generate(HttpExchange exchange) throws IOException {
    if ("Bearer access-1".equals(exchange.getRequestHeaders().getFirst("Authorization"))) {
      json(exchange, 401, EXPIRED);
    } else {
      json(
          exchange,
          200,
          "{\"id\":1,\"status\":\"completed\",\"result_url\":\"%s/file.webp\"}".formatted(url()));
    }
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static void json(HttpExchange exchange, int status, String body) throws IOException {
    write(exchange, status, "application/json", bytes(body));
  }

  private static void write(HttpExchange exchange, int status, String type, byte[] body)
      throws IOException {
    exchange.getResponseHeaders().set("Content-Type", type);
    exchange.sendResponseHeaders(status, body.length);
    exchange.getResponseBody().write(body);
    exchange.close();
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }
}
