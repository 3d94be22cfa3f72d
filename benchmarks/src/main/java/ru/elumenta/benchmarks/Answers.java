package ru.elumenta.benchmarks;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import ru.elumenta.client.model.GenerationRequest;

/** What is asked and what is answered, the same for all. */
final class Answers {
  /** Of those who do not bring their own. */
  static final JsonMapper JSON =
      JsonMapper.builder()
          .addModule(new JavaTimeModule())
          .defaultPropertyInclusion(
              JsonInclude.Value.construct(JsonInclude.Include.NON_NULL, JsonInclude.Include.ALWAYS))
          .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
          .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS)
          .build();

  static final String KEY = "sk-benchmark-0123456789abcdef0123456789abcdef";

  /** As the documentation shows them, beside the usual ones. */
  static final Map<String, Collection<String>> HEADERS = headers();

  private Answers() {}

  private static Map<String, Collection<String>> headers() {
    Map<String, Collection<String>> headers = new LinkedHashMap<>();
    headers.put("Date", List.of("Sun, 08 Mar 2026 12:00:00 GMT"));
    headers.put("Content-Type", List.of("application/json"));
    headers.put("X-Request-Id", List.of("req_8f14e45fceea167a5a36dedd4bea2543"));
    headers.put("X-RateLimit-Limit-Hour", List.of("0"));
    headers.put("X-RateLimit-Limit-Day", List.of("0"));
    headers.put("X-RateLimit-Remaining-Hour", List.of("99"));
    headers.put("X-RateLimit-Remaining-Day", List.of("999"));
    headers.put("X-RateLimit-Reset-Hour", List.of("1772974800"));
    return headers;
  }

  static GenerationRequest request() {
    return new GenerationRequest()
        .model("gpt-5")
        .prompt("Write one sentence about a lighthouse at dusk, and nothing else.")
        .putParamsItem("max_tokens", 100);
  }

  /** A finished generation whose text is this long. */
  static byte[] generation(int length) {
    return utf8(
        """
        {"id":18473,"status":"completed","model_slug":"gpt-5","result_text":"%s","result_url":null,\
        "tokens_spent":3,"processing_ms":1842,"created_at":"2026-03-08T12:00:00Z",\
        "completed_at":"2026-03-08T12:00:02Z"}\
        """
            .formatted(text(length)));
  }

  static byte[] chatCompletion(int length) {
    return utf8(
        """
        {"id":"chatcmpl-18473","object":"chat.completion","created":1772974800,"model":"gpt-5",\
        "choices":[{"index":0,"message":{"role":"assistant","content":"%s","refusal":null},\
        "logprobs":null,"finish_reason":"stop"}],\
        "usage":{"prompt_tokens":12,"completion_tokens":20,"total_tokens":32}}\
        """
            .formatted(text(length)));
  }

  static byte[] events(int count) {
    StringBuilder events = new StringBuilder();
    events.append(
        "data: {\"type\": \"generation_start\", \"id\": 18473, \"model\": \"gpt-5\"}\n\n");
    for (int i = 0; i < count; i++) {
      events.append("data: {\"type\": \"content_delta\", \"delta\": \"word \"}\n\n");
    }
    events.append("data: {\"type\": \"generation_end\", \"id\": 18473, \"tokens_spent\": 3}\n\n");
    return utf8(events.append("data: [DONE]\n\n").toString());
  }

  private static String text(int length) {
    String sentence = "The lamp turns and the sea answers with silver. ";
    return sentence.repeat(length / sentence.length() + 1).substring(0, length);
  }

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
