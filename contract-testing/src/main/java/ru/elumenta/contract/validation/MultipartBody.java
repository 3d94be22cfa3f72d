package ru.elumenta.contract.validation;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A body of multipart/form-data, taken apart to the letter of RFC 7578. A parser for servers would
 * forgive what is to be found here.
 */
final class MultipartBody {
  private static final Pattern NAME = Pattern.compile("(?i);\\s*name=\"([^\"]*)\"");
  private static final Pattern FILE_NAME = Pattern.compile("(?i);\\s*filename=\"([^\"]*)\"");

  /**
   * A part.
   *
   * @param name the name of the member
   * @param fileName empty if the part is no file
   * @param contentType empty if it says none
   * @param content one character per byte
   */
  record Part(String name, Optional<String> fileName, String contentType, String content) {
    String text() {
      return new String(content.getBytes(StandardCharsets.ISO_8859_1), StandardCharsets.UTF_8);
    }
  }

  /** Says what cannot be taken apart. */
  static final class BrokenException extends Exception {
    BrokenException(String message) {
      super(message);
    }
  }

  private MultipartBody() {}

  static List<Part> parts(byte[] body, String boundary) throws BrokenException {
    String text = "\r\n" + new String(body, StandardCharsets.ISO_8859_1);
    String delimiter = "\r\n--" + boundary;
    int at = text.indexOf(delimiter);
    if (at < 0) {
      throw new BrokenException("a body without its boundary");
    }
    List<Part> parts = new ArrayList<>();
    while (true) {
      int start = at + delimiter.length();
      if (text.startsWith("--", start)) {
        return parts;
      }
      int end = text.indexOf(delimiter, start);
      if (end < 0) {
        throw new BrokenException("a body that does not end with its boundary");
      }
      parts.add(part(text.substring(start, end)));
      at = end;
    }
  }

  private static Part part(String text) throws BrokenException {
    int blank = text.indexOf("\r\n\r\n");
    if (!text.startsWith("\r\n") || blank < 0) {
      throw new BrokenException("a part without a blank line after its headers");
    }
    String disposition = "";
    String contentType = "";
    for (String line : text.substring(0, blank).split("\r\n")) {
      int colon = line.indexOf(':');
      String name = colon < 0 ? "" : line.substring(0, colon).toLowerCase(Locale.ROOT);
      if (name.equals("content-disposition")) {
        disposition = line.substring(colon + 1).strip();
      } else if (name.equals("content-type")) {
        contentType = line.substring(colon + 1).strip();
      }
    }
    Matcher name = NAME.matcher(disposition);
    if (!disposition.toLowerCase(Locale.ROOT).startsWith("form-data") || !name.find()) {
      throw new BrokenException("a part without a name");
    }
    Matcher fileName = FILE_NAME.matcher(disposition);
    return new Part(
        name.group(1),
        fileName.find() ? Optional.of(fileName.group(1)) : Optional.empty(),
        contentType,
        text.substring(blank + 4));
  }
}
