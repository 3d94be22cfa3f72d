package ru.elumenta.client.internal.upload;

import feign.RequestTemplate;
import feign.codec.EncodeException;
import feign.codec.Encoder;
import java.io.File;
import java.io.IOException;
import java.lang.reflect.Type;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import ru.elumenta.client.model.FileContent;

/**
 * Writes a body in the media type that the operation says: forms, files and text here, all else as
 * JSON. Thread-safe.
 */
public final class BodyEncoder implements Encoder {
  private static final String CONTENT_TYPE = "Content-Type";
  private final Encoder json;

  /**
   * Creates an encoder.
   *
   * @param json writes what is neither form, file nor text
   */
  public BodyEncoder(Encoder json) {
    this.json = json;
  }

  @Override
  public void encode(Object value, Type type, RequestTemplate template) {
    String media = mediaType(template);
    if (media.isEmpty() || isJson(media)) {
      json.encode(value, type, template);
    } else if (media.startsWith("multipart/form-data")) {
      MultipartForm form = MultipartForm.of(fields(value), this::asJson);
      say(form.contentType(), template);
      template.body(form.bytes(), null);
    } else if (media.startsWith("application/x-www-form-urlencoded")) {
      template.body(UrlEncodedForm.of(fields(value)), StandardCharsets.UTF_8);
    } else if (value instanceof Map<?, ?> none && none.isEmpty()) {
      template.body(new byte[0], null); // an optional body that is not given
      template.removeHeader(CONTENT_TYPE);
    } else if (value instanceof String text) {
      template.body(text.getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8);
    } else {
      whole(value, media, template);
    }
  }

  private static void whole(Object value, String media, RequestTemplate template) {
    FileContent file = file(value);
    if (file == null) {
      throw new EncodeException(
          "A %s cannot be written as %s; nothing was sent."
              .formatted(value.getClass().getSimpleName(), media));
    }
    // A contract may say image/*, which is no type that anything has.
    file.type()
        .or(() -> media.contains("*") ? Optional.of("application/octet-stream") : Optional.empty())
        .ifPresent(said -> say(said, template));
    template.body(bytes(file), null);
  }

  /** Returns what stands for a file in generated code, as a file; null if it is none. */
  static FileContent file(Object value) {
    if (value instanceof FileContent content) {
      return content;
    }
    if (value instanceof File file) {
      return FileContent.of(file.toPath());
    }
    return value instanceof byte[] bytes ? FileContent.of(null, bytes) : null;
  }

  static byte[] bytes(FileContent file) {
    try {
      return file.bytes();
    } catch (IOException e) {
      // Its message is a path of this machine, which is no one's business but the caller's.
      throw new EncodeException(
          "The file %s cannot be read (%s); nothing was sent."
              .formatted(file, e.getClass().getSimpleName()));
    }
  }

  private byte[] asJson(Object value) {
    RequestTemplate part = new RequestTemplate();
    json.encode(value, value.getClass(), part);
    return part.body();
  }

  @SuppressWarnings("unchecked") // Feign hands over the named arguments of the method
  private static Map<String, Object> fields(Object value) {
    return (Map<String, Object>) value;
  }

  private static void say(String type, RequestTemplate template) {
    template.removeHeader(CONTENT_TYPE);
    template.header(CONTENT_TYPE, type);
  }

  private static boolean isJson(String media) {
    String type = media.split(";", 2)[0].strip();
    return type.endsWith("/json") || type.endsWith("+json");
  }

  private static String mediaType(RequestTemplate template) {
    Collection<String> values = template.headers().get(CONTENT_TYPE);
    return values == null || values.isEmpty()
        ? ""
        : values.iterator().next().toLowerCase(Locale.ROOT);
  }
}
