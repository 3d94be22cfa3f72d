package ru.elumenta.contract.simulator;

import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** One part of a multipart body. */
record FormPart(String name, String fileName, byte[] content) {
  private static final Pattern BOUNDARY = Pattern.compile("boundary=\"?([^\";]+)\"?");
  private static final Pattern NAME = Pattern.compile("[; ]name=\"([^\"]*)\"");
  private static final Pattern FILE = Pattern.compile("filename=\"([^\"]*)\"");

  String text() {
    return new String(content, StandardCharsets.UTF_8);
  }

  /** Takes a body apart; refuses one that is none. */
  static Map<String, FormPart> of(String contentType, byte[] body) {
    Matcher boundary = BOUNDARY.matcher(contentType);
    if (!contentType.startsWith("multipart/form-data") || !boundary.find()) {
      throw Refusal.badRequest("The body is no multipart/form-data");
    }
    Map<String, FormPart> parts = new LinkedHashMap<>();
    String whole = new String(body, StandardCharsets.ISO_8859_1);
    for (String each : whole.split(Pattern.quote("--" + boundary.group(1)), -1)) {
      int head = each.indexOf("\r\n\r\n");
      if (head >= 0) {
        int end = each.endsWith("\r\n") ? each.length() - 2 : each.length();
        FormPart part =
            of(each.substring(0, head), each.substring(head + 4, Math.max(end, head + 4)));
        if (part != null) {
          parts.put(part.name, part);
        }
      }
    }
    return parts;
  }

  private static FormPart of(String head, String content) {
    Matcher name = NAME.matcher(head);
    if (!name.find()) {
      return null;
    }
    Matcher file = FILE.matcher(head);
    return new FormPart(
        name.group(1),
        file.find() ? file.group(1) : null,
        content.getBytes(StandardCharsets.ISO_8859_1));
  }
}
