package ru.elumenta.client.journal;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RequestFingerprintTest {
  private static Map<String, Object> image() {
    Map<String, Object> members = new LinkedHashMap<>();
    members.put("model", "dall-e-3");
    members.put("prompt", Calls.PROMPT);
    members.put("params", Map.of("size", "1024x1024", "seed", 7));
    return members;
  }

  private static RequestFingerprint with(String name, Object value) {
    Map<String, Object> members = image();
    members.put(name, value);
    return RequestFingerprint.of(members);
  }

  @Test
  void whatMeansTheSameIsTheSame() {
    Map<String, Object> reversed = new LinkedHashMap<>();
    reversed.put("params", Map.of("seed", 7.0, "size", "1024x1024"));
    reversed.put("system", null);
    reversed.put("prompt", Calls.PROMPT);
    reversed.put("model", "dall-e-3");

    assertThat(RequestFingerprint.of(reversed)).isEqualTo(RequestFingerprint.of(image()));
  }

  @Test
  void hashesThatAreMadeLateAreTheSameAndKeepNoPrompt() throws Exception {
    Map<String, Object> members = image();
    RequestFingerprint late = RequestFingerprint.ofUnchanging(() -> members);
    OpenCall lost =
        OpenCall.of("createGeneration", "dall-e-3", late, Calls.NOW, null).lost(Calls.NOW);

    members.put("prompt", "changed once the hashes were made");

    assertThat(lost.request()).isEqualTo(RequestFingerprint.of(image()));
    assertThat(OpenCall.decode(lost.encoded()).request()).isEqualTo(late);
  }

  @ParameterizedTest
  @ValueSource(strings = {"model", "prompt", "system", "negative_prompt", "quality", "made_up"})
  void anyMemberTellsTwoRequestsApart(String name) {
    assertThat(with(name, "another").whole()).isNotEqualTo(RequestFingerprint.of(image()).whole());
    assertThat(with(name, "another").whole()).isNotEqualTo(with(name, "anothe").whole());
  }

  @Test
  void structureTellsTwoRequestsApart() {
    List<Object> values =
        List.of(
            "1",
            1,
            2,
            true,
            "true",
            List.of("1"),
            List.of("1", "1"),
            List.of(List.of("1")),
            Map.of("1", "1"),
            Map.of(),
            List.of(),
            "",
            "11");
    assertThat(values.stream().map(value -> with("x", value).whole()).distinct())
        .hasSameSizeAs(values);
  }

  @Test
  void onlyHarmlessSettingsCanBeRead() {
    RequestFingerprint request =
        RequestFingerprint.of(
            Map.of(
                "model", "kling-v2.1",
                "prompt", "a secret plan",
                "system", "a secret system",
                "messages", List.of(Map.of("role", "user", "content", "a secret message")),
                "image_url", "https://example.com/a-secret-token",
                "style", "a secret style that is a sentence",
                "duration", 5,
                "params", Map.of("negative_prompt", "secret", "aspect_ratio", "16:9")));

    assertThat(request.shown()).isEqualTo(Map.of("duration", "5", "aspect_ratio", "16:9"));
    assertThat(request.parameters().toString() + request).doesNotContain("secret");
    assertThat(request.parameters())
        .containsOnlyKeys(
            "aspect_ratio",
            "duration",
            "image_url",
            "messages",
            "negative_prompt",
            "style",
            "system");
  }

  @Test
  void whatIsShownOtherwiseThanSentContradicts() {
    RequestFingerprint request =
        RequestFingerprint.of(
            Map.of(
                "duration",
                5,
                "image_url",
                "https://example.com/a",
                "quality",
                "hd",
                "params",
                Map.of("size", "1024x1792")));

    assertThat(request.contradicts("duration", 5.0)).isFalse();
    assertThat(request.contradicts("duration", "5")).isFalse();
    assertThat(request.contradicts("duration", 10)).isTrue();
    assertThat(request.contradicts("quality", "HD ")).isFalse();
    assertThat(request.contradicts("quality", "standard")).isTrue();
    assertThat(request.contradicts("size", "1024x1024")).isTrue();
    assertThat(request.contradicts("image_url", "https://example.com/a")).isFalse();
    assertThat(request.contradicts("image_url", "https://example.com/b")).isTrue();
    assertThat(request.contradicts("voice", "alloy")).as("not sent").isFalse();
    assertThat(request.contradicts("size", null)).as("not shown").isFalse();
  }
}
