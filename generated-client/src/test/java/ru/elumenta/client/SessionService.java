package ru.elumenta.client;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;

/**
 * The service as far as sessions go, on a real socket: every refresh token is good for one use, and
 * access tokens can be made to expire. All tokens contain SECRET, so that a leak is found.
 */
final class SessionService implements AutoCloseable {
  static final String PASSWORD = "SECRET-long-password";

  /** What happens to one renewal. */
  record Renewal(int status, String body, Map<String, String> headers, How how) {
    enum How {
      /** As documented. */
      RENEW,
      /** The refresh token is spent, and the connection breaks before the answer. */
      RENEW_AND_BREAK,
      /** The connection breaks, and nothing has happened. */
      BREAK,
      /** The refresh token is spent, and the answer is cut off. */
      RENEW_AND_CUT,
      /** Answered with the status, and nothing has happened. */
      REFUSE,
      /** As documented, but only when {@link SessionService#go} is called. */
      STALL
    }

    static Renewal how(How how) {
      return new Renewal(0, "", Map.of(), how);
    }

    static Renewal answers(int status, String body) {
      return new Renewal(status, body, Map.of(), How.REFUSE);
    }

    Renewal with(String header, String value) {
      return new Renewal(status, body, Map.of(header, value), how);
    }
  }

  /** A request to /auth/…. */
  record AuthRequest(String path, String body, String cookie, String authorization) {}

  private static final ObjectMapper JSON = new ObjectMapper();
  static final String EXPIRED =
      "{\"error\":\"token_expired\",\"message\":\"Access token expired\",\"details\":{}}";

  private final HttpServer server;
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final CountDownLatch goOn = new CountDownLatch(1);
  private final CountDownLatch stalled = new CountDownLatch(1);

  // All guarded by this.
  private final Deque<Renewal> script = new ArrayDeque<>();
  private final Set<String> access = new HashSet<>();
  private final List<AuthRequest> auth = new ArrayList<>();
  private final List<String> tokensOfCalls = new ArrayList<>();
  private String refresh = "";
  private String unauthorized = EXPIRED;
  private boolean usesCookies;
  private boolean statesLifetime;
  private int number;
  private int renewals;
  private int executed;

  SessionService() {
    try {
      server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 8000);
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
    server.setExecutor(threads);
    server.createContext("/", this::handle);
    server.start();
  }

  String url() {
    return "http://127.0.0.1:" + server.getAddress().getPort() + "/api/v2";
  }

  /** What happens to the next renewals, one by one; then they succeed. */
  synchronized SessionService renewals(Renewal... next) {
    script.addAll(Arrays.asList(next));
    return this;
  }

  synchronized SessionService usesCookies() {
    usesCookies = true;
    return this;
  }

  synchronized SessionService statesLifetime() {
    statesLifetime = true;
    return this;
  }

  synchronized SessionService refusesTokensWith(String body) {
    unauthorized = body;
    return this;
  }

  /** All access tokens expire. */
  synchronized void expire() {
    access.clear();
  }

  /** The refresh token, too. */
  synchronized void revoke() {
    access.clear();
    refresh = "";
  }

  void awaitStalled() throws InterruptedException {
    stalled.await(20, TimeUnit.SECONDS);
  }

  /** Waits until so many logins have come. */
  synchronized void awaitLogins(int count) throws InterruptedException {
    while (auth.stream().filter(each -> each.path().equals("/auth/login")).count() < count) {
      wait(20_000);
    }
  }

  /** Lets the renewals that are stalled go on. */
  void go() {
    goOn.countDown();
  }

  /** How many requests for a renewal came. */
  synchronized int renewals() {
    return renewals;
  }

  /** How many calls were executed, and so paid for. */
  synchronized int executed() {
    return executed;
  }

  /** The tokens of all calls, executed or refused, in order. */
  synchronized List<String> tokensOfCalls() {
    return List.copyOf(tokensOfCalls);
  }

  synchronized String newestAccessToken() {
    return "access-SECRET-" + number;
  }

  synchronized List<AuthRequest> authRequests() {
    return List.copyOf(auth);
  }

  synchronized AuthRequest lastAuthRequest() {
    return auth.get(auth.size() - 1);
  }

  private void handle(HttpExchange exchange) throws IOException {
    String path = exchange.getRequestURI().getPath().replaceFirst("^/api/v2", "");
    String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
    String authorization = first(exchange, "Authorization");
    if (!path.startsWith("/auth/")) {
      call(exchange, authorization.replaceFirst("^Bearer ", ""));
      return;
    }
    String cookie = first(exchange, "Cookie");
    Renewal renewal = null;
    synchronized (this) {
      auth.add(new AuthRequest(path, body, cookie, authorization));
      notifyAll();
      if (path.equals("/auth/refresh")) {
        renewals++;
        renewal = script.isEmpty() ? Renewal.how(Renewal.How.RENEW) : script.removeFirst();
      }
    }
    if (renewal != null) {
      renew(exchange, renewal, body, cookie);
    } else if (path.equals("/auth/logout")) {
      logout(exchange, authorization);
    } else if (body.contains("wrong")) {
      answer(exchange, 401, "{\"detail\":\"Invalid email or password: " + body + "\"}");
    } else {
      answerTokens(exchange, true);
    }
  }

  private static String first(HttpExchange exchange, String header) {
    String value = exchange.getRequestHeaders().getFirst(header);
    return value == null ? "" : value;
  }

  private void call(HttpExchange exchange, String token) throws IOException {
    boolean isGood;
    synchronized (this) {
      tokensOfCalls.add(token);
      isGood = access.contains(token);
      executed += isGood ? 1 : 0;
    }
    answer(exchange, isGood ? 200 : 401, isGood ? Samples.IMAGE_COMPLETED : unauthorized);
  }

  private void logout(HttpExchange exchange, String authorization) throws IOException {
    boolean isGood;
    synchronized (this) {
      isGood = access.contains(authorization.replaceFirst("^Bearer ", ""));
      refresh = isGood ? "" : refresh;
    }
    answer(
        exchange,
        isGood ? 200 : 401,
        isGood ? "{\"message\":\"Logged out successfully\"}" : EXPIRED);
  }

  private void renew(HttpExchange exchange, Renewal renewal, String body, String cookie)
      throws IOException {
    switch (renewal.how) {
      case REFUSE -> {
        renewal.headers.forEach(exchange.getResponseHeaders()::set);
        answer(exchange, renewal.status, renewal.body);
        return;
      }
      case BREAK -> {
        exchange.close();
        return;
      }
      case STALL -> {
        stalled.countDown();
        try {
          goOn.await(20, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
          exchange.close();
          return;
        }
      }
      default -> {}
    }
    if (!isNewest(body, cookie)) {
      answer(
          exchange,
          401,
          "{\"detail\":\"Invalid or expired refresh token %s %s\"}"
              .formatted(body.replace("\"", "'"), cookie));
      return;
    }
    if (renewal.how == Renewal.How.RENEW_AND_BREAK) {
      nextTokens();
      exchange.close();
    } else if (renewal.how == Renewal.How.RENEW_AND_CUT) {
      byte[] half = nextTokens().substring(0, 40).getBytes(StandardCharsets.UTF_8);
      exchange.sendResponseHeaders(200, half.length);
      exchange.getResponseBody().write(half);
      exchange.close();
    } else {
      answerTokens(exchange, false);
    }
  }

  private synchronized boolean isNewest(String body, String cookie) throws IOException {
    JsonNode json = body.isEmpty() ? JSON.createObjectNode() : JSON.readTree(body);
    String sent =
        usesCookies
            ? cookie.replaceFirst("^refresh_token=", "")
            : json.path("refresh_token").asText();
    return !refresh.isEmpty() && sent.equals(refresh);
  }

  private void answerTokens(HttpExchange exchange, boolean isLogin) throws IOException {
    String body;
    synchronized (this) {
      body = nextTokens();
      if (usesCookies) {
        exchange
            .getResponseHeaders()
            .add("Set-Cookie", "refresh_token=%s; Path=/api/v2/auth; HttpOnly".formatted(refresh));
        exchange.getResponseHeaders().add("Set-Cookie", "theme=dark; Path=/");
      }
      if (isLogin) {
        body = body.replaceFirst("}$", ",\"is_new_user\":true,\"user\":{\"id\":1042}}");
      }
    }
    answer(exchange, 200, body);
  }

  private synchronized String nextTokens() {
    number++;
    String token = "access-SECRET-" + number;
    access.add(token);
    refresh = "refresh-SECRET-" + number;
    return "{\"access_token\":\"%s\",\"token_type\":\"bearer\"%s%s}"
        .formatted(
            token,
            usesCookies ? "" : ",\"refresh_token\":\"" + refresh + "\"",
            statesLifetime ? ",\"expires_in\":900" : "");
  }

  private static void answer(HttpExchange exchange, int status, String body) throws IOException {
    byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
    exchange.getResponseHeaders().set("Content-Type", "application/json");
    exchange.sendResponseHeaders(status, bytes.length);
    exchange.getResponseBody().write(bytes);
    exchange.close();
  }

  @Override
  public void close() {
    goOn.countDown();
    server.stop(0);
    threads.shutdownNow();
  }
}
