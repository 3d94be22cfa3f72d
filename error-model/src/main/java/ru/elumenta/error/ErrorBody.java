package ru.elumenta.error;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.math.BigDecimal;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import ru.elumenta.error.model.ErrorCode;
import ru.elumenta.error.model.ErrorResponse;

/**
 * The body of an error response, read defensively.
 *
 * <p>Documented is {@code {error, message, details}}, yet the documentation's own samples put
 * extras beside it, write a sentence where the code belongs, or answer with a generation. Gateways
 * and frameworks add shapes of their own. What cannot be read is left out; nothing here throws.
 *
 * @param rawCode the code as spelled, or null
 * @param message the description, or null
 * @param details all other members, merged
 * @param isFailedGeneration whether the body is a generation with {@code status: failed}
 */
record ErrorBody(
    @Nullable String rawCode,
    @Nullable String message,
    Map<String, @Nullable Object> details,
    boolean isFailedGeneration) {

  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final TypeReference<Map<String, @Nullable Object>> MEMBERS =
      new TypeReference<>() {};
  private static final int LONGEST_CODE = 100;
  private static final Pattern CODE = Pattern.compile("[a-z][a-z0-9]*+(?:[_.-][a-z0-9]++)*+");
  private static final String ERROR = ErrorResponse.JSON_PROPERTY_ERROR;
  private static final String MESSAGE = ErrorResponse.JSON_PROPERTY_MESSAGE;
  private static final String DETAILS = ErrorResponse.JSON_PROPERTY_DETAILS;
  private static final String RETRY_AFTER = ErrorResponse.JSON_PROPERTY_RETRY_AFTER;
  private static final Set<String> ENVELOPE = Set.of(ERROR, MESSAGE, DETAILS);
  private static final Set<String> GENERATION_STATUSES = Set.of("completed", "pending", "failed");
  private static final ErrorBody EMPTY = new ErrorBody(null, null, Map.of(), false);

  static ErrorBody parse(String text) {
    try {
      JsonNode root = JSON.readTree(text.startsWith("\uFEFF") ? text.substring(1) : text);
      return root == null ? EMPTY : read(root);
    } catch (IOException | RuntimeException notJson) {
      return EMPTY;
    }
  }

  Optional<ErrorCode> code() {
    return Optional.ofNullable(rawCode).map(ErrorCode::fromValue);
  }

  private static ErrorBody read(JsonNode root) throws IOException {
    if (root.isTextual()) {
      return new ErrorBody(null, root.textValue(), Map.of(), false);
    }
    if (root.isArray()) {
      return new ErrorBody(null, null, Map.of("fields", values(root)), false);
    }
    if (!root.isObject()) {
      return EMPTY;
    }
    JsonNode error = root.path(ERROR);
    JsonNode detail = root.path("detail");
    if (error.isObject() || ((error.isMissingNode() || error.isNull()) && detail.isObject())) {
      return nested(error.isObject() ? error : detail, root);
    }
    boolean isGeneration = GENERATION_STATUSES.contains(root.path("status").asText());
    String said = error.textValue();
    boolean isCode =
        said != null
            && said.length() <= LONGEST_CODE
            && !isGeneration
            && CODE.matcher(said).matches();
    String rawCode = isCode ? said : textOf(root, "code");
    String message = textOf(root, MESSAGE, "detail", DETAILS);
    return new ErrorBody(
        rawCode,
        message != null || isCode ? message : said,
        details(root),
        "failed".equals(root.path("status").textValue()));
  }

  /** {@code {"error": {"code": …, "message": …}}}, and the same below {@code detail}. */
  private static ErrorBody nested(JsonNode inner, JsonNode root) throws IOException {
    Map<String, @Nullable Object> details = details(inner);
    details(root).forEach(details::putIfAbsent);
    String code = textOf(inner, "code", ERROR, "type");
    String message = textOf(inner, MESSAGE, "detail");
    return new ErrorBody(code, message != null ? message : textOf(root, MESSAGE), details, false);
  }

  private static Map<String, @Nullable Object> details(JsonNode envelope) throws IOException {
    Map<String, @Nullable Object> merged = new LinkedHashMap<>();
    JsonNode details = envelope.path(DETAILS);
    if (details.isObject()) {
      merged.putAll(members(details));
    } else if (details.isArray()) {
      merged.put("fields", values(details));
    }
    members(envelope)
        .forEach(
            (name, value) -> {
              if (name.equals(RETRY_AFTER) && value != null) {
                merged.merge(name, value, ErrorBody::longer);
              } else if (!ENVELOPE.contains(name)) {
                merged.putIfAbsent(name, value);
              }
            });
    return merged;
  }

  /** Of two waits in one body, the one that disobeys neither. */
  private static Object longer(Object one, Object other) {
    BigDecimal otherWait = Numbers.decimal(other).orElse(null);
    BigDecimal oneWait = Numbers.decimal(one).orElse(otherWait);
    return otherWait != null && oneWait.compareTo(otherWait) <= 0 ? other : one;
  }

  private static Map<String, @Nullable Object> members(JsonNode object) throws IOException {
    return JSON.readerFor(MEMBERS).readValue(object);
  }

  private static List<?> values(JsonNode array) throws IOException {
    return JSON.readerFor(List.class).readValue(array);
  }

  private static @Nullable String textOf(JsonNode object, String... names) {
    for (String name : names) {
      String text = object.path(name).textValue();
      if (text != null && !text.isBlank()) {
        return text;
      }
    }
    return null;
  }
}
