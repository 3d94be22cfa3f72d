package com.example.run;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;

/** A server that keeps the last request, and answers 204, or with the body that a PUT or a frame had. */
final class Received implements AutoCloseable {
  private final HttpServer server;
  private volatile HttpExchange last;
  private volatile byte[] body;

  Received() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/", this::answer);
    server.start();
  }

  private void answer(HttpExchange exchange) throws IOException {
    body = exchange.getRequestBody().readAllBytes();
    last = exchange;
    boolean isEcho =
        exchange.getRequestMethod().equals("PUT")
            || exchange.getRequestURI().getPath().equals("/v1/frames");
    if (isEcho) {
      exchange.getResponseHeaders().add("Content-Type", header("Content-Type"));
      exchange.sendResponseHeaders(200, body.length == 0 ? -1 : body.length);
      exchange.getResponseBody().write(body);
    } else {
      exchange.sendResponseHeaders(204, -1);
    }
    exchange.close();
  }

  String url() {
    return "http://127.0.0.1:" + server.getAddress().getPort() + "/v1";
  }

  String line() {
    return last.getRequestMethod() + " " + last.getRequestURI().toASCIIString();
  }

  String header(String name) {
    return String.join("|", last.getRequestHeaders().getOrDefault(name, java.util.List.of("none")));
  }

  byte[] bytes() {
    return body;
  }

  /** The body, byte by byte; the boundary of a form as it stands in the header is written "B". */
  String text() {
    String boundary = header("Content-Type").replaceFirst(".*boundary=", "");
    return new String(body, StandardCharsets.ISO_8859_1).replace("--" + boundary, "--B");
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
