package ru.elumenta.contract.control;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import ru.elumenta.contract.exchange.RequestMessage;
import ru.elumenta.contract.exchange.ResponseMessage;

/**
 * What a simulator answers beside the service: a page for people and JSON for programs, both under
 * {@code /__elumenta/}. None of it counts as a request to the service. Thread-safe.
 */
public final class Control {
  private static final String PREFIX = "/__elumenta";
  private static final Set<String> OWN_HOSTS = Set.of("127.0.0.1", "localhost", "[::1]");

  private final ControlApi api;
  private final Console console;

  /** Creates it. */
  public Control(Simulation simulator) {
    CheckedExchanges checked = new CheckedExchanges(simulator::findings);
    this.api = new ControlApi(simulator, checked);
    this.console = new Console(simulator, checked);
  }

  /** Says whether a request is for it, and not for the service. */
  public static boolean isFor(RequestMessage request) {
    return request.path().equals(PREFIX)
        || request.path().startsWith(PREFIX + "/")
        || request.path().equals("/");
  }

  /** Answers a request. Does not throw. */
  public ResponseMessage answer(RequestMessage request) {
    Reply reply;
    try {
      checkCaller(request);
      reply =
          Console.isFor(request)
              ? console.answer(request)
              : api.answer(request, request.path().substring(PREFIX.length()));
    } catch (Refused e) {
      reply = Reply.json(e.status(), Map.of("error", e.getMessage()));
    } catch (IllegalArgumentException | IllegalStateException e) {
      reply = Reply.json(400, Map.of("error", String.valueOf(e.getMessage())));
    }
    return message(reply);
  }

  /**
   * A page of somebody else, open in a browser on this machine, could send requests here too; it
   * cannot choose what the browser says about where it is and where it goes.
   */
  private static void checkCaller(RequestMessage request) {
    String host = request.headers().getOrDefault("Host", List.of("")).get(0);
    if (!OWN_HOSTS.contains(host.replaceFirst(":\\d*$", "").toLowerCase(Locale.ROOT))) {
      throw new Refused(403, "The simulator is asked at 127.0.0.1 or localhost only.");
    }
    String origin = request.headers().getOrDefault("Origin", List.of("")).get(0);
    boolean isOwn = origin.isEmpty() || origin.equals("http://" + host);
    String site = request.headers().getOrDefault("Sec-Fetch-Site", List.of("none")).get(0);
    boolean isRead = request.method().equals("GET") || request.method().equals("HEAD");
    if (!isRead && !(isOwn && Set.of("none", "same-origin").contains(site))) {
      throw new Refused(403, "The simulator is driven by its own page and by programs only.");
    }
  }

  private static ResponseMessage message(Reply reply) {
    Map<String, List<String>> headers = new TreeMap<>();
    headers.put("Content-Type", List.of(reply.type()));
    headers.put("Cache-Control", List.of("no-store"));
    headers.put("X-Content-Type-Options", List.of("nosniff"));
    headers.put("X-Frame-Options", List.of("DENY"));
    headers.put("Referrer-Policy", List.of("same-origin")); // else forms say Origin: null
    headers.put(
        "Content-Security-Policy",
        List.of(
            "default-src 'none'; style-src 'self'; script-src 'self'; connect-src 'self';"
                + " img-src 'self' data:; form-action 'self'; base-uri 'none'"));
    if (reply.location() != null) {
      headers.put("Location", List.of(URI.create(reply.location()).toASCIIString()));
    }
    return ResponseMessage.of(
        reply.status(), headers, reply.body().getBytes(StandardCharsets.UTF_8));
  }
}
