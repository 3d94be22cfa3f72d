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
import feign.jackson.JacksonDecoder;
import feign.jackson.JacksonEncoder;
import java.io.IOException;
import java.lang.reflect.Type;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import ru.elumenta.client.internal.transport.ReceivedBody;
import ru.elumenta.error.CredentialRedaction;

/**
 * JSON to and from the generated models, by Feign's Jackson codec with checks around it: what is
 * not set is not written; unknown members are kept, a null is the same as an absent member, and so
 * is a member of a wrong shape. Thread-safe.
 */
public final class JsonCodec implements Encoder, Decoder {
  private static final int LONGEST_TEXT = 64 << 20;

  static final JsonMapper JSON =
      plain()
          .addModule(TolerantReading.module())
          .injectableValues(new TolerantReading.Answer())
          .build();

  /** Made once for each model: a stream reads thousands of events. */
  private static final ClassValue<ObjectReader> MODELS =
      new ClassValue<>() {
        @Override
        protected ObjectReader computeValue(Class<?> model) {
          return strict(model);
        }
      };

  /** Not among those, which a class of the JDK would keep when this library is unloaded. */
  private static final ObjectReader OBJECTS = strict(LinkedHashMap.class);

  /** For copies of what the application made: it is to stay as it is, its mistakes too. */
  private static final JsonMapper COPIES = plain().build();

  private static final ObjectReader EXACT =
      COPIES.readerForMapOf(Object.class).with(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS);

  private final Encoder encoder = new JacksonEncoder(JSON);
  private final Decoder decoder = new JacksonDecoder(JSON);

  /**
   * {@inheritDoc}
   *
   * <p>By the value's own class: Feign's declared type may be one that says nothing of it.
   */
  @Override
  public void encode(Object value, Type type, RequestTemplate template) {
    encodeBody(value, type, template);
    template.removeHeader("Content-Length"); // the finished request has it, without a template
  }

  private void encodeBody(Object value, Type type, RequestTemplate template) {
    if (value instanceof WrittenRequest written) {
      template.body(written.json(), StandardCharsets.UTF_8);
      return;
    }
    try {
      encoder.encode(value, value == null ? type : value.getClass(), template);
    } catch (EncodeException e) {
      // Its message and its cause show values; ours names the place.
      throw new EncodeException(
          "The request cannot be written as JSON at %s; nothing was sent."
              .formatted(place(e.getCause())));
    }
  }

  @Override
  public Object decode(Response response, Type type) throws IOException {
    ReceivedBody body = ReceivedBody.of(response);
    if (type == byte[].class) {
      return body.bytes();
    }
    if (type == String.class) {
      return new String(body.bytes(), StandardCharsets.UTF_8);
    }
    if (type == Void.class || type == void.class) {
      return null;
    }
    if (body.bytes().length == 0) {
      throw unreadable("is empty", response, body);
    }
    if (CredentialRedaction.isAuthentication(response.request())) {
      body.keepNothing();
    }
    Object value;
    try {
      value = decoder.decode(readable(response, body), type);
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

  /** Feign's decoder makes something up for 204 and 404 without looking at the body. */
  private static Response readable(Response response, ReceivedBody body) {
    boolean isReady =
        response.body() == body && response.status() != 204 && response.status() != 404;
    return isReady
        ? response
        : Response.builder().status(200).request(response.request()).body(body).build();
  }

  /**
   * Reads a text as a generated model.
   *
   * @throws IllegalArgumentException if it is none; its message ends "an event that …" and shows
   *     nothing of the text
   */
  public static <T> T read(String json, Class<T> type) {
    return type.cast(read(json, MODELS.get(type)));
  }

  /** Reads a text as an object of any members; fails as {@link #read(String, Class)} does. */
  public static Map<String, Object> read(String json) {
    Map<String, Object> members = new LinkedHashMap<>();
    ((Map<?, ?>) read(json, OBJECTS)).forEach((name, value) -> members.put(name.toString(), value));
    return members;
  }

  private static Object read(String json, ObjectReader reader) {
    Object value;
    try {
      value = reader.readValue(json);
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException(problem(e));
    }
    if (value == null) {
      throw new IllegalArgumentException("is null");
    }
    return value;
  }

  private static ObjectReader strict(Class<?> type) {
    return JSON.readerFor(type).with(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);
  }

  private static JsonMapper.Builder plain() {
    // Numbers and depth of any size: those who read them look out for both.
    JsonFactory factory =
        JsonFactory.builder()
            .streamReadConstraints(
                StreamReadConstraints.builder()
                    .maxNumberLength(Integer.MAX_VALUE)
                    .maxNestingDepth(Integer.MAX_VALUE)
                    .maxStringLength(
                        LONGEST_TEXT) // Jackson's own limit is less than a text may have
                    .build())
            .build();
    return JsonMapper.builder(factory)
        .addModule(new JavaTimeModule())
        .defaultPropertyInclusion(
            JsonInclude.Value.construct(JsonInclude.Include.NON_NULL, JsonInclude.Include.ALWAYS))
        .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
        .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS);
  }

  /** Returns a value as JSON; null if it cannot be written. */
  static byte[] written(Object value) {
    try {
      return JSON.writeValueAsBytes(value);
    } catch (JsonProcessingException | RuntimeException unwritable) {
      return null;
    }
  }

  /** Returns the members of an object that was written here, its numbers to the last digit. */
  static Map<String, Object> exactly(byte[] json) {
    try {
      return EXACT.readValue(json);
    } catch (IOException e) {
      throw new IllegalStateException("What was written here cannot be read.", e);
    }
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
          COPIES
              .readerFor(model.getClass())
              .with(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
              .readValue(COPIES.writeValueAsBytes(model));
    } catch (IOException e) {
      // Its message may show a value.
      throw new IllegalArgumentException(
          "The request cannot be written as JSON; nothing was sent.");
    }
  }

  private static UnreadableBodyException unreadable(
      String problem, Response response, ReceivedBody body) {
    CredentialRedaction redaction = CredentialRedaction.of(response.request());
    Map<String, List<String>> headers = new LinkedHashMap<>();
    response
        .headers()
        .forEach((name, values) -> headers.put(name, values.stream().map(redaction).toList()));
    String text =
        CredentialRedaction.isAuthentication(response.request())
            ? "" // or what remains of new tokens
            : redaction.kept(new String(body.bytes(), StandardCharsets.UTF_8));
    return new UnreadableBodyException(problem, response.status(), headers, text);
  }

  private static String problem(JsonProcessingException e) {
    return e instanceof JsonMappingException
        ? "does not have the documented shape at " + place(e)
        : "is not JSON, or is cut off";
  }

  /** The path to the member, for example {@code params.size}; no value of it. */
  private static String place(Throwable e) {
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
