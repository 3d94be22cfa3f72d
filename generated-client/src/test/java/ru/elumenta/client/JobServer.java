package ru.elumenta.client;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;

/** A service of jobs on a real socket, which answers as many polls at once as there are. */
final class JobServer implements AutoCloseable {
  static final String PENDING = "pending";
  static final String COMPLETED = "completed";

  /** Says what a poll of a job is answered with, and when: it may block. */
  @FunctionalInterface
  interface Polls {
    String status(int job) throws InterruptedException;
  }

  private final HttpServer server;
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final Map<Integer, AtomicInteger> polls = new ConcurrentHashMap<>();
  private final CountDownLatch closed = new CountDownLatch(1);
  private final Polls answers;

  JobServer(Polls answers) throws IOException {
    this.answers = answers;
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 2_000);
    server.setExecutor(threads);
    server.createContext("/api/v2/generate/", this::answer);
    server.start();
  }

  String url() {
    return "http://localhost:" + server.getAddress().getPort() + "/api/v2";
  }

  private void answer(HttpExchange exchange) throws IOException {
    String path = exchange.getRequestURI().getPath();
    int job = Integer.parseInt(path.substring(path.lastIndexOf('/') + 1));
    counter(job).incrementAndGet();
    try {
      write(exchange, "{\"id\":%d,\"status\":\"%s\"}".formatted(job, answers.status(job)));
    } catch (InterruptedException e) {
      exchange.close();
    }
  }

  private static void write(HttpExchange exchange, String body) throws IOException {
    byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
    exchange.getResponseHeaders().set("Content-Type", "application/json");
    exchange.sendResponseHeaders(200, bytes.length);
    exchange.getResponseBody().write(bytes);
    exchange.close();
  }

  private AtomicInteger counter(int job) {
    return polls.computeIfAbsent(job, any -> new AtomicInteger());
  }

  int polls(int job) {
    return counter(job).get();
  }

  /** Lets a poll go unanswered until the server closes. */
  String stall() throws InterruptedException {
    closed.await();
    return PENDING;
  }

  @Override
  public void close() {
    closed.countDown();
    server.stop(0);
    threads.shutdownNow();
  }
}
