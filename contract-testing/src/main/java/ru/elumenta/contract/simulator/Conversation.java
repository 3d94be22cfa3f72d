package ru.elumenta.contract.simulator;

import java.nio.charset.StandardCharsets;
import java.util.List;
import ru.elumenta.contract.exchange.RequestMessage;
import ru.elumenta.contract.exchange.ResponseMessage;
import ru.elumenta.contract.simulator.SimulatedService.Seen;

/** Requests and answers as text for people, without credentials. */
public final class Conversation {
  private static final int MOST_CHARACTERS = 500;

  private Conversation() {}

  /** Returns a few lines for each. */
  public static String of(List<Seen> seen) {
    StringBuilder text = new StringBuilder();
    for (Seen each : seen) {
      RequestMessage request = each.exchange().request();
      text.append("> ").append(request.method()).append(' ').append(request.path());
      if (!request.query().isEmpty()) {
        text.append('?').append(Secrets.hide(request.query()));
      }
      text.append('\n').append(body("> ", request.path(), request.body()));
      each.fault().ifPresent(fault -> text.append("! ").append(fault).append('\n'));
      each.exchange()
          .response()
          .ifPresent(
              response ->
                  text.append("< ")
                      .append(response.status())
                      .append(retryAfter(response))
                      .append('\n')
                      .append(body("< ", request.path(), response.body())));
    }
    return text.isEmpty() ? "No request came.\n" : text.toString();
  }

  private static String retryAfter(ResponseMessage response) {
    return response.headers().containsKey("Retry-After")
        ? ", Retry-After: " + response.headers().get("Retry-After").get(0)
        : "";
  }

  private static String body(String prefix, String path, byte[] bytes) {
    return bytes.length == 0 ? "" : prefix + shown(path, bytes, MOST_CHARACTERS) + "\n";
  }

  /** The beginning of a body in one line, without secrets. */
  public static String shown(String path, byte[] bytes, int most) {
    if (path.contains("/auth/") || path.contains("/keys")) {
      return "[%d bytes with secrets]".formatted(bytes.length);
    }
    String text = new String(bytes, StandardCharsets.UTF_8).replaceAll("[\\p{Cc}]+", " ");
    text = Secrets.hide(text);
    return text.length() <= most ? text : text.substring(0, most) + "…";
  }
}
