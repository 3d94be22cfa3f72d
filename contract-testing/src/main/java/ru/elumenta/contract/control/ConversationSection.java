package ru.elumenta.contract.control;

import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import ru.elumenta.contract.exchange.Finding;
import ru.elumenta.contract.exchange.RequestMessage;
import ru.elumenta.contract.exchange.ResponseMessage;
import ru.elumenta.contract.simulator.Conversation;
import ru.elumenta.contract.simulator.SimulatedService.Seen;

/** What was said, the newest first, and what of it was wrong. */
final class ConversationSection {
  private static final int MOST_EXCHANGES = 100;
  private static final int MOST_FINDINGS = 50;
  private static final int MOST_CHARACTERS = 4_000;
  private static final int SHORT = 120;
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("HH:mm:ss").withZone(ZoneOffset.UTC);

  private final CheckedExchanges checked;

  ConversationSection(CheckedExchanges checked) {
    this.checked = checked;
  }

  static String shortened(String text) {
    return text.length() <= SHORT ? text : text.substring(0, SHORT) + "…";
  }

  int findings(List<Seen> seen) {
    return seen.stream().mapToInt(each -> checked.of(each).size()).sum();
  }

  private static List<Seen> newestFirst(List<Seen> seen, long before) {
    List<Seen> some =
        new ArrayList<>(
            seen.stream().filter(each -> before == 0 || each.number() < before).toList());
    Collections.reverse(some);
    return some;
  }

  void conversation(Html html, List<Seen> seen, long before) {
    List<Seen> some = newestFirst(seen, before);
    List<Seen> shown = some.subList(0, Math.min(MOST_EXCHANGES, some.size()));
    html.raw("<section id=\"conversation\" data-live tabindex=\"-1\">\n<h2>Conversation</h2>\n");
    if (before != 0) {
      html.raw("<p><a href=\"/__elumenta/\">The latest</a></p>\n");
    }
    html.raw(shown.isEmpty() ? "<p>No request came.</p>\n" : "");
    shown.forEach(each -> exchange(html, each));
    if (some.size() > shown.size()) {
      html.put(
          "<p><a href=\"/__elumenta/?before={}\">Older</a></p>\n",
          shown.get(shown.size() - 1).number());
    }
    html.raw("</section>\n");
  }

  private void exchange(Html html, Seen seen) {
    RequestMessage request = seen.exchange().request();
    ResponseMessage response = seen.exchange().response().orElseThrow();
    List<Finding> findings = checked.of(seen);
    html.put(
        "<details id=\"x{}\"><summary><span class=\"number\">{}</span> {} <b>{}</b> {} <span"
            + " class=\"status s{}\">{}</span> {}",
        seen.number(),
        seen.number(),
        TIME.format(seen.time()),
        request.method(),
        shortened(request.path() + (request.query().isEmpty() ? "" : "?" + request.query())),
        response.status() / 100,
        response.status(),
        seen.operation());
    seen.fault().ifPresent(fault -> html.put(" <span class=\"fault\">{}</span>", fault));
    if (!findings.isEmpty()) {
      String word = findings.size() == 1 ? "finding" : "findings";
      html.put(" <span class=\"finding\">{} {}</span>", findings.size(), word);
    }
    html.raw("</summary>\n");
    for (Finding each : findings) {
      html.put("<p class=\"finding\">{}</p>\n", each);
    }
    body(html, "Request", request.path(), request.body());
    body(html, "Answer", request.path(), response.body());
    html.raw("</details>\n");
  }

  private static void body(Html html, String title, String path, byte[] bytes) {
    html.put("<h3>{}</h3>\n", title);
    html.put(
        bytes.length == 0 ? "<p>No body.</p>\n" : "<pre tabindex=\"0\">{}</pre>\n",
        Conversation.shown(path, bytes, MOST_CHARACTERS));
  }

  void findings(Html html, List<Seen> seen, List<String> unreadable) {
    html.raw("<section id=\"findings\" data-live>\n<h2>Findings</h2>\n");
    int left = MOST_FINDINGS;
    html.raw("<ul>\n");
    for (Seen each : newestFirst(seen, 0)) {
      for (Finding finding : checked.of(each)) {
        if (left-- > 0) {
          html.put("<li><a href=\"#x{}\">{}</a> {}</li>\n", each.number(), each.number(), finding);
        }
      }
    }
    for (int i = unreadable.size() - 1; i >= Math.max(0, unreadable.size() - 10); i--) {
      html.put("<li>No request: {}</li>\n", unreadable.get(i));
    }
    html.raw("</ul>\n");
    if (left == MOST_FINDINGS && unreadable.isEmpty()) {
      html.raw("<p>Everything obeyed the contract.</p>\n");
    }
    html.raw("</section>\n");
  }
}
