package ru.elumenta.contract.scenario;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.util.Map;
import java.util.Objects;
import ru.elumenta.contract.scenario.Fault.Phase;

/**
 * What an answer may hold other than documented. The work is done and charged as ever. Members are
 * changed in the answer itself, or in each element if it is a list or has {@code items}; a dot
 * leads into a member, as in {@code result_metadata.duration}. Refusals are left alone.
 *
 * <pre>{@code
 * service.always().fail(AnswerFaults.member("thumbnail_url", "[]"));
 * service.next().to("createGeneration").fail(AnswerFaults.renamedMember("id", "generation_id"));
 * }</pre>
 */
public final class AnswerFaults {
  private static final JsonMapper MAPPER =
      JsonMapper.builder().enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS).build();

  private AnswerFaults() {}

  static String json(String text) {
    try {
      return MAPPER.writeValueAsString(MAPPER.readTree(Objects.requireNonNull(text, "json")));
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException("This is no JSON: " + text, e);
    }
  }

  /**
   * A member is this, whether or not it was there.
   *
   * @param json any JSON: {@code "5s"} with its quotes, {@code []}, {@code ""}
   */
  public static Fault member(String name, String json) {
    return Fault.told(
        "member",
        FaultKind.MEMBERS,
        Map.of("member", Objects.requireNonNull(name, "name"), "value", json(json)));
  }

  /** A number or a text in its place may be read as an id; nothing else may. */
  static boolean takesTheIdAway(Fault part) {
    return part.kind() == FaultKind.MEMBERS
        && "id".equals(part.arguments().get("member"))
        && !part.arguments().getOrDefault("value", "").matches("-?\\d.*|\"\\s*[^\\s\"].*");
  }

  /** A member is missing. */
  public static Fault withoutMember(String name) {
    return Fault.told(
        "withoutMember", FaultKind.MEMBERS, Map.of("member", Objects.requireNonNull(name, "name")));
  }

  /** A member has another name. */
  public static Fault renamedMember(String name, String other) {
    return Fault.told(
        "renamedMember",
        FaultKind.MEMBERS,
        Map.of(
            "member",
            Objects.requireNonNull(name, "name"),
            "name",
            Objects.requireNonNull(other, "other")));
  }

  /** Another word stands for {@code completed}, as in {@code Completed} or {@code done}. */
  public static Fault wordForCompleted(String word) {
    return Fault.told(
        "wordForCompleted",
        FaultKind.MEMBERS,
        Map.of("word", Objects.requireNonNull(word, "word")));
  }

  /** Another word stands for {@code pending}, as in {@code PENDING} or {@code queued}. */
  public static Fault wordForPending(String word) {
    return Fault.told(
        "wordForPending", FaultKind.MEMBERS, Map.of("word", Objects.requireNonNull(word, "word")));
  }

  /** The work is done, and the answer is {@code {}}: charged, but never told. */
  public static Fault emptyObject() {
    return instead("emptyObject", 200, "application/json", "{}");
  }

  /** The work is done, and the answer has no body: charged, but never told. */
  public static Fault emptyBody() {
    return instead("emptyBody", 200, "application/json", "");
  }

  /** The work is done, and the answer is this: charged, but never told. */
  public static Fault answerAfterProcessing(int status, String contentType, String body) {
    return instead("answerAfterProcessing", status, contentType, body);
  }

  private static Fault instead(String name, int status, String contentType, String body) {
    return Fault.answer(
        name,
        Phase.AFTER_PROCESSING,
        status,
        Objects.requireNonNull(contentType, "contentType"),
        Objects.requireNonNull(body, "body"));
  }
}
