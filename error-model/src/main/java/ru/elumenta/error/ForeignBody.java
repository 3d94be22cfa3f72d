package ru.elumenta.error;

import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Says in a few words what a body looks like that is not the service's. */
final class ForeignBody {
  private static final int LONGEST_NAME = 120;
  private static final Pattern HTML =
      Pattern.compile("<(?:!doctype\\s+html|html|head|body|title|h[1-6]|center|pre)\\b");
  private static final Pattern HEADING = Pattern.compile("<(title|h1|h2)\\b[^<>]{0,200}>");
  private static final Pattern TAG = Pattern.compile("<[^<>]{0,500}>");

  private ForeignBody() {}

  /**
   * Describes it, for example {@code an HTML page, "403 Forbidden" (Server: nginx)}.
   *
   * @return empty if there is no body, or it is the service's
   */
  static Optional<String> describe(ErrorContext context) {
    return context
        .rawBody()
        .filter(body -> Speaker.of(body) == Speaker.SOMEBODY_ELSE)
        .map(body -> kind(body) + server(context));
  }

  private static String kind(String body) {
    String lower = body.toLowerCase(Locale.ROOT);
    if (HTML.matcher(lower).find()) {
      return "an HTML page" + heading(body, lower).map(title -> ", \"" + title + "\"").orElse("");
    }
    if (lower.stripLeading().startsWith("<")) {
      return "an XML document";
    }
    long unreadable = body.chars().limit(1_000).filter(ForeignBody::isNoText).count();
    return unreadable > 0 ? "bytes that are no text" : "the text \"" + shortened(body) + "\"";
  }

  private static boolean isNoText(int character) {
    return character == 0xFFFD
        || (Character.isISOControl(character) && !Character.isWhitespace(character));
  }

  private static Optional<String> heading(String body, String lower) {
    if (lower.length() != body.length()) { // some letters of other alphabets become two
      return Optional.empty();
    }
    Matcher begin = HEADING.matcher(lower);
    while (begin.find()) {
      int end = lower.indexOf("</" + begin.group(1), begin.end());
      String title = end < 0 ? "" : shortened(plain(body.substring(begin.end(), end)));
      if (!title.isEmpty()) {
        return Optional.of(title);
      }
    }
    return Optional.empty();
  }

  private static String plain(String html) {
    return TAG.matcher(html.length() > 2_000 ? html.substring(0, 2_000) : html)
        .replaceAll(" ")
        .replace("&nbsp;", " ")
        .replace("&lt;", "<")
        .replace("&gt;", ">")
        .replace("&quot;", "\"")
        .replace("&#39;", "'")
        .replace("&amp;", "&");
  }

  private static String shortened(String text) {
    String line = ElumentaException.printable(text);
    return line.length() <= LONGEST_NAME ? line : line.substring(0, LONGEST_NAME) + "…";
  }

  private static String server(ErrorContext context) {
    return context
        .header("Server")
        .filter(name -> !name.isBlank())
        .map(name -> " (Server: " + shortened(name) + ")")
        .orElse("");
  }
}
