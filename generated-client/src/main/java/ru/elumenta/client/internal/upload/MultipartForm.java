package ru.elumenta.client.internal.upload;

import feign.codec.EncodeException;
import java.io.ByteArrayOutputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.temporal.TemporalAccessor;
import java.util.Base64;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;
import java.util.regex.Pattern;
import ru.elumenta.client.model.FileContent;

/**
 * Writes {@code multipart/form-data} (RFC 7578) as OpenAPI says: files as they are, each value of a
 * list as a part of its own, text as text and objects as JSON. Used by one thread.
 */
final class MultipartForm {
  private static final Pattern LINE_BREAK = Pattern.compile("[\\p{Cc}\\u2028\\u2029]");

  private final String boundary = "elumenta-" + UUID.randomUUID();
  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
  private final Function<Object, byte[]> json;

  private MultipartForm(Function<Object, byte[]> json) {
    this.json = json;
  }

  static MultipartForm of(Map<String, Object> arguments, Function<Object, byte[]> json) {
    MultipartForm form = new MultipartForm(json);
    arguments.forEach(
        (argument, value) -> {
          FormField field = FormField.of(argument);
          boolean isWholeList = isJson(field.type());
          for (Object one :
              value instanceof Collection<?> many && !isWholeList ? many : List.of(value)) {
            if (one != null) {
              form.add(field, one);
            }
          }
        });
    form.write("--" + form.boundary + "--\r\n");
    return form;
  }

  private void add(FormField field, Object value) {
    // Bytes that are no file are base64 in the contract (format: byte).
    FileContent file = value instanceof byte[] ? null : BodyEncoder.file(value);
    if (file != null) {
      String type =
          file.type().orElse(field.type() == null ? "application/octet-stream" : field.type());
      // A part without a file name is a text to most servers.
      part(field, file.name().orElse("file"), type, BodyEncoder.bytes(file));
    } else if (isJson(field.type())) {
      part(field, null, field.type(), json.apply(value));
    } else if (value instanceof byte[] raw) {
      part(field, null, field.type(), Base64.getEncoder().encode(raw));
    } else if (isText(value)) {
      part(field, null, field.type(), value.toString().getBytes(StandardCharsets.UTF_8));
    } else if (field.type() == null) {
      part(field, null, "application/json", json.apply(value));
    } else {
      throw new EncodeException(
          "The field %s cannot be written as %s; nothing was sent."
              .formatted(field.name(), field.type()));
    }
  }

  private void part(FormField field, String fileName, String type, byte[] content) {
    write("--" + boundary + "\r\n");
    write("Content-Disposition: form-data; name=\"" + quotable(field.name()) + "\"");
    if (fileName != null) {
      write("; filename=\"" + quotable(fileName) + "\"");
    }
    write("\r\n");
    if (type != null) {
      write("Content-Type: " + LINE_BREAK.matcher(type).replaceAll("_") + "\r\n");
    }
    write("\r\n");
    bytes.writeBytes(content);
    write("\r\n");
  }

  private void write(String text) {
    bytes.writeBytes(text.getBytes(StandardCharsets.UTF_8));
  }

  /** As browsers do (HTML, "multipart/form-data"). */
  private static String quotable(String name) {
    return LINE_BREAK.matcher(name.replace("\"", "%22").replace("\\", "_")).replaceAll("_");
  }

  private static boolean isText(Object value) {
    return value instanceof CharSequence
        || value instanceof Number
        || value instanceof Boolean
        || value instanceof Enum<?>
        || value instanceof UUID
        || value instanceof URI
        || value instanceof TemporalAccessor;
  }

  private static boolean isJson(String type) {
    return type != null && (type.endsWith("/json") || type.endsWith("+json"));
  }

  String contentType() {
    return "multipart/form-data; boundary=" + boundary;
  }

  byte[] bytes() {
    return bytes.toByteArray();
  }
}
