package ru.elumenta.client.internal.codec;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import feign.RequestTemplate;
import feign.Response;
import feign.codec.Decoder;
import feign.codec.EncodeException;
import feign.codec.Encoder;
import java.io.IOException;
import java.io.InputStream;
import java.lang.reflect.Type;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import ru.elumenta.error.CredentialRedaction;

/**
 * JSON to and from the generated models: what is not set is not written; unknown members are
 * ignored and a null is the same as an absent member. Thread-safe.
 */
public final class JsonCodec implements Encoder, Decoder {
  private static final int LONGEST_TEXT = 64 << 20;

  private static final JsonMapper JSON =
      JsonMapper.builder(
              JsonFactory.builder()
                  // Jackson's own limit is less than a text may have.
                  .streamReadConstraints(
                      StreamReadConstraints.builder().maxStringLength(LONGEST_TEXT).build())
                  .build())
          .addModule(new JavaTimeModule().addDeserializer(Instant.class, new TolerantInstant()))
          .defaultPropertyInclusion(
              JsonInclude.Value.construct(JsonInclude.Include.NON_NULL, JsonInclude.Include.ALWAYS))
          .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
          .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS)
          .build();

  /** One reader per type: building one costs more than reading a small body. */
  private final Map<Type, ObjectReader> readers = new ConcurrentHashMap<>();

  @Override
  public void encode(Object value, Type type, RequestTemplate template) {
    try {
      template.body(JSON.writeValueAsBytes(value), StandardCharsets.UTF_8);
    } catch (JsonProcessingException e) {
      // Feign shows the message: it names the place, never a value.
      throw new EncodeException(
          "The request cannot be written as JSON at %s; nothing was sent.".formatted(place(e)));
    }
  }

  @Override
  public Object decode(Response response, Type type) throws IOException {
    byte[] body = bytesOf(response);
    if (type == byte[].class) {
      return body;
    }
    if (type == String.class) {
      return new String(body, StandardCharsets.UTF_8);
    }
    if (type == Void.class || type == void.class) {
      return null;
    }
    if (body.length == 0) {
      throw unreadable("is empty", response, body);
    }
    Object value;
    try {
      value = readers.computeIfAbsent(type, JsonCodec::reader).readValue(body);
    } catch (JsonProcessingException e) {
      throw unreadable(problem(e), response, body);
    } catch (IOException | RuntimeException e) {
      throw unreadable("is not text that JSON can be read from", response, body);
    }
    if (value == null) {
      throw unreadable("is null", response, body);
    }
    return value;
  }

  /**
   * Reads a text as a generated model.
   *
   * @throws IllegalArgumentException if it is none; its message ends "an event that …" and shows
   *     nothing of the text
   */
  public static <T> T read(String json, Class<T> type) {
    return type.cast(read(json, JSON.readerFor(type)));
  }

  /** Reads a text as an object of any members; fails as {@link #read(String, Class)} does. */
  public static Map<String, Object> read(String json) {
    Map<String, Object> members = new LinkedHashMap<>();
    ((Map<?, ?>) read(json, JSON.readerFor(LinkedHashMap.class)))
        .forEach((name, value) -> members.put(name.toString(), value));
    return members;
  }

  private static Object read(String json, ObjectReader reader) {
    Object value;
    try {
      value = reader.with(DeserializationFeature.FAIL_ON_TRAILING_TOKENS).readValue(json);
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException(problem(e));
    }
    if (value == null) {
      throw new IllegalArgumentException("is null");
    }
    return value;
  }

  /** Returns what of a generated model would be written, by its JSON names. */
  public static Map<String, Object> membersOf(Object model) {
    return JSON.convertValue(model, new TypeReference<Map<String, Object>>() {});
  }

  /**
   * Returns a copy of a generated model.
   *
   * @throws IllegalArgumentException if it cannot be written as JSON
   */
  @SuppressWarnings("unchecked") // the class of a T
  public static <T> T copyOf(T model) {
    try {
      return (T)
          JSON.readerFor(model.getClass())
              .with(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
              .readValue(JSON.writeValueAsBytes(model));
    } catch (IOException e) {
      // Its message may show a value.
      throw new IllegalArgumentException(
          "The request cannot be written as JSON; nothing was sent.");
    }
  }

  private static ObjectReader reader(Type type) {
    return JSON.readerFor(JSON.constructType(type));
  }

  private static UnreadableBodyException unreadable(
      String problem, Response response, byte[] body) {
    CredentialRedaction redaction = CredentialRedaction.of(response.request());
    Map<String, List<String>> headers = new LinkedHashMap<>();
    response
        .headers()
        .forEach((name, values) -> headers.put(name, values.stream().map(redaction).toList()));
    String text =
        CredentialRedaction.isAuthentication(response.request())
            ? "" // or what remains of new tokens
            : redaction.kept(new String(body, StandardCharsets.UTF_8));
    return new UnreadableBodyException(problem, response.status(), headers, text);
  }

  private static byte[] bytesOf(Response response) throws IOException {
    if (response.body() == null) {
      return new byte[0];
    }
    try (InputStream in = response.body().asInputStream()) {
      return in.readAllBytes();
    }
  }

  private static String problem(JsonProcessingException e) {
    return e instanceof JsonMappingException
        ? "does not have the documented shape at " + place(e)
        : "is not JSON, or is cut off";
  }

  /** The path to the member, for example {@code params.size}; no value of it. */
  private static String place(JsonProcessingException e) {
    if (!(e instanceof JsonMappingException mapping) || mapping.getPath().isEmpty()) {
      return "its top level";
    }
    StringBuilder path = new StringBuilder();
    for (JsonMappingException.Reference step : mapping.getPath()) {
      path.append(path.isEmpty() ? "" : ".");
      path.append(step.getFieldName() == null ? step.getIndex() : step.getFieldName());
    }
    return path.toString();
  }
}
