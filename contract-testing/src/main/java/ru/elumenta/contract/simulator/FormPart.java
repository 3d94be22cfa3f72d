package ru.elumenta.contract.simulator;

import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** One part of a multipart body. */
record FormPart(String name, String fileName, byte[] content) {
  private static final Pattern BOUNDARY =
      Pattern.compile(";\\s*boundary=(?:\"([^\"]{1,70})\"|([^\";\\s]{1,70}))(?:\\s*;.*|\\s*)$");
  private static final Pattern NAME = Pattern.compile("[; ]name=\"([^\"]*)\"");
  private static final Pattern FILE = Pattern.compile("filename=\"([^\"]*)\"");

  String text() {
    return new String(content, StandardCharsets.UTF_8);
  }

  /** Takes a body apart; refuses one that is none, or that is not whole. */
  static Map<String, FormPart> of(String contentType, byte[] body) {
    Matcher boundary = BOUNDARY.matcher(contentType);
    if (!contentType.toLowerCase(Locale.ROOT).startsWith("multipart/form-data")
        || !boundary.find()) {
      throw Refusal.badRequest("The body is no multipart/form-data with a boundary");
    }
    String line = "\r\n--" + (boundary.group(1) == null ? boundary.group(2) : boundary.group(1));
    String whole = "\r\n" + new String(body, StandardCharsets.ISO_8859_1);
    Map<String, FormPart> parts = new LinkedHashMap<>();
    int at = whole.indexOf(line);
    while (at >= 0) {
      int start = at + line.length();
      if (whole.startsWith("--", start)) {
        return parts;
      }
      int next = whole.indexOf(line, start);
      int head = whole.indexOf("\r\n\r\n", start);
      if (next < 0 || head < 0 || head > next) {
        break;
      }
      FormPart part =
          of(whole.substring(start, head), whole.substring(Math.min(head + 4, next), next));
      parts.put(part.name, part);
      at = next;
    }
    throw Refusal.badRequest("The multipart body is cut off");
  }

  private static FormPart of(String head, String content) {
    Matcher name = NAME.matcher(head);
    if (!name.find()) {
      throw Refusal.badRequest("A part of the multipart body has no name");
    }
    Matcher file = FILE.matcher(head);
    return new FormPart(
        name.group(1),
        file.find() ? file.group(1) : null,
        content.getBytes(StandardCharsets.ISO_8859_1));
  }
}
