package ru.elumenta.contract.control;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.File;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.WebSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;

/** A Chromium of this machine without a window, driven over its own protocol. */
final class Chromium implements AutoCloseable, WebSocket.Listener {
  private static final ObjectMapper MAPPER = new ObjectMapper();
  private static final long SECONDS = 30;

  private final Process process;
  private final Path profile;
  private final WebSocket socket;
  private final AtomicInteger lastId = new AtomicInteger();
  private final Map<Integer, CompletableFuture<JsonNode>> waiting = new ConcurrentHashMap<>();
  private final StringBuilder message = new StringBuilder();

  /** What the console of the browser said that is no mere remark. */
  final List<String> errors = Collections.synchronizedList(new ArrayList<>());

  Chromium(Path program) throws Exception {
    profile = Files.createTempDirectory("chromium");
    process =
        new ProcessBuilder(
                program.toString(),
                "--headless=new",
                "--no-sandbox",
                "--disable-gpu",
                "--disable-dev-shm-usage",
                "--no-first-run",
                "--hide-scrollbars",
                "--window-size=1280,1000",
                "--remote-debugging-port=0",
                "--user-data-dir=" + profile,
                "about:blank")
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .start();
    Path active = profile.resolve("DevToolsActivePort");
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(SECONDS);
    while (!Files.exists(active) || Files.readAllLines(active).size() < 2) {
      if (System.nanoTime() > end || !process.isAlive()) {
        process.destroyForcibly();
        throw new IOException("Chromium did not start.");
      }
      TimeUnit.MILLISECONDS.sleep(50);
    }
    HttpClient http = HttpClient.newHttpClient();
    URI pages = URI.create("http://127.0.0.1:" + Files.readAllLines(active).get(0) + "/json");
    JsonNode page = null;
    for (JsonNode each :
        MAPPER.readTree(
            http.send(HttpRequest.newBuilder(pages).build(), BodyHandlers.ofString()).body())) {
      page = each.path("type").asText().equals("page") ? each : page;
    }
    socket =
        http.newWebSocketBuilder()
            .buildAsync(URI.create(page.get("webSocketDebuggerUrl").asText()), this)
            .get(SECONDS, TimeUnit.SECONDS);
    call("Runtime.enable", Map.of());
    call("Log.enable", Map.of());
    call("Page.enable", Map.of());
  }

  /** Returns the program, if it is installed. */
  static Optional<Path> installed() {
    return Stream.of(System.getenv("PATH").split(File.pathSeparator))
        .flatMap(
            folder ->
                Stream.of("chromium", "chromium-browser", "google-chrome")
                    .map(name -> Path.of(folder, name)))
        .filter(Files::isExecutable)
        .findFirst();
  }

  JsonNode call(String method, Map<String, ?> parameters) throws Exception {
    int id = lastId.incrementAndGet();
    CompletableFuture<JsonNode> answer = new CompletableFuture<>();
    waiting.put(id, answer);
    ObjectNode command = MAPPER.createObjectNode().put("id", id).put("method", method);
    command.set("params", MAPPER.valueToTree(parameters));
    socket.sendText(command.toString(), true).get(SECONDS, TimeUnit.SECONDS);
    return answer.get(SECONDS, TimeUnit.SECONDS);
  }

  @Override
  public CompletionStage<?> onText(WebSocket from, CharSequence part, boolean isLast) {
    message.append(part);
    if (isLast) {
      try {
        received(MAPPER.readTree(message.toString()));
      } catch (IOException e) {
        errors.add(e.toString());
      }
      message.setLength(0);
    }
    from.request(1);
    return null;
  }

  private void received(JsonNode said) {
    CompletableFuture<JsonNode> answer = waiting.remove(said.path("id").asInt());
    if (answer != null) {
      answer.complete(said.path("result"));
    }
    String method = said.path("method").asText();
    boolean isError =
        method.equals("Runtime.exceptionThrown")
            || method.equals("Log.entryAdded")
                && said.at("/params/entry/level").asText().equals("error")
            || method.equals("Runtime.consoleAPICalled")
                && said.at("/params/type").asText().equals("error");
    if (isError) {
      errors.add(said.toString());
    }
  }

  void open(String url) throws Exception {
    call("Page.navigate", Map.of("url", url));
    await("document.readyState === 'complete' && location.href === '" + url + "'");
  }

  /** Returns the value of an expression as text. */
  String value(String expression) throws Exception {
    return call("Runtime.evaluate", Map.of("expression", expression, "returnByValue", true))
        .at("/result/value")
        .asText();
  }

  /** Waits until an expression is true. */
  void await(String expression) throws Exception {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(SECONDS);
    while (!value(expression).equals("true")) {
      if (System.nanoTime() > end) {
        throw new AssertionError("It never came true: " + expression);
      }
      TimeUnit.MILLISECONDS.sleep(20);
    }
  }

  /** Presses a key: Tab, Enter, or Space. */
  void press(String key) throws Exception {
    String text = key.equals("Enter") ? "\r" : key.equals("Space") ? " " : "";
    int code = key.equals("Enter") ? 13 : key.equals("Space") ? 32 : 9;
    String name = key.equals("Space") ? " " : key;
    for (String type : List.of(text.isEmpty() ? "rawKeyDown" : "keyDown", "keyUp")) {
      call(
          "Input.dispatchKeyEvent",
          Map.of(
              "type", type, "key", name, "code", key, "text", text, "windowsVirtualKeyCode", code));
    }
  }

  void prefer(String scheme) throws Exception {
    call(
        "Emulation.setEmulatedMedia",
        Map.of("features", List.of(Map.of("name", "prefers-color-scheme", "value", scheme))));
  }

  byte[] screenshot() throws Exception {
    JsonNode picture = call("Page.captureScreenshot", Map.of("format", "png"));
    return Base64.getDecoder().decode(picture.get("data").asText());
  }

  @Override
  public void close() {
    socket.abort();
    process.destroy();
    process.onExit().completeOnTimeout(null, SECONDS, TimeUnit.SECONDS).join();
    process.destroyForcibly();
    try (Stream<Path> files = Files.walk(profile)) {
      for (Path each : files.sorted(Collections.reverseOrder()).toList()) {
        Files.deleteIfExists(each);
      }
    } catch (IOException | java.io.UncheckedIOException e) {
      // A last process of the browser still writes; the folder is a temporary one.
    }
  }
}
