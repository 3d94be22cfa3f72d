package ru.elumenta.error;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import feign.Request;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A server that echoes the request must not carry its key into logs. */
class RedactionTest {
  private static final String KEY = "el_live_4f8a21c09d7b";

  @Test
  void anEchoedKeyShowsNowhere() {
    ElumentaException failure =
        Answer.of(422)
            .toRequestWith("Authorization", "Bearer " + KEY)
            .header("X-Request-Id", "id-" + KEY)
            .header("X-Echo", "Authorization: Bearer " + KEY)
            .body(
                """
                {"error": "validation_error", "message": "Bad header: Bearer KEY",
                 "details": {"KEY": ["KEY"], "fields": [{"field": "KEY", "message": "KEY"}]}}
                """
                    .replace("KEY", KEY))
            .decode();

    assertThat(everythingSaidBy(failure)).contains("[redacted]").doesNotContain(KEY);
    assertThat(failure.context().serverMessage()).contains("Bad header: Bearer [redacted]");
  }

  @Test
  void anEchoedKeyShowsNowhereInAnErrorPage() {
    ElumentaException failure =
        Answer.of(502)
            .toRequestWith("authorization", "Bearer " + KEY)
            .body("<pre>GET / HTTP/1.1\nauthorization: Bearer " + KEY + "</pre>")
            .decode();

    assertThat(failure.context().rawBody())
        .contains("<pre>GET / HTTP/1.1\nauthorization: Bearer [redacted]</pre>");
    assertThat(everythingSaidBy(failure)).doesNotContain(KEY);
  }

  @ParameterizedTest
  @ValueSource(strings = {"Bearer ", "Bearer  ", "Basic ", ""})
  void theSchemeDoesNotMatter(String scheme) {
    ElumentaException failure =
        Answer.of(401)
            .toRequestWith("Authorization", scheme + KEY)
            .body("{\"detail\": \"" + KEY + "\"}")
            .decode();

    assertThat(everythingSaidBy(failure)).doesNotContain(KEY);
  }

  @ParameterizedTest
  @ValueSource(strings = {"9pc+/a9rZXk", "9pc+\\/a9rZXk", "9pc\\u002B\\u002fa9rZXk"})
  void aKeyThatJsonEscapesIsRedactedToo(String echoed) {
    ElumentaException failure =
        Answer.of(401)
            .toRequestWith("Authorization", "Bearer 9pc+/a9rZXk")
            .body("{\"message\": \"Bad key " + echoed + "\"}")
            .decode();

    assertThat(everythingSaidBy(failure)).contains("[redacted]").doesNotContain("a9rZXk");
  }

  @Test
  void aWordTooShortForAKeyIsLeftAlone() {
    ElumentaException failure =
        Answer.of(400)
            .toRequestWith("Authorization", "Bearer a")
            .body("{\"message\": \"a banana\"}")
            .decode();

    assertThat(failure.context().serverMessage()).contains("a banana");
  }

  @Test
  void sixtyMegabytesOfBackslashesTakeNoLongerThanTheirLength() {
    CredentialRedaction redaction = redactionOf(KEY);
    String backslashes = "\\".repeat(60 << 20);

    assertTimeoutPreemptively(
        Duration.ofSeconds(10),
        () -> {
          assertThat(redaction.apply(backslashes)).isEqualTo(backslashes);
          assertThat(redaction.kept(backslashes)).hasSize(ErrorContext.MOST_TEXT_KEPT);
        });
  }

  @ParameterizedTest
  @ValueSource(strings = {"a", "ab", "aab", "\\\\", "\\\"", "\\u0061"})
  void whatAlmostIsTheKeyAllOverTakesNoLongerEither(String piece) {
    CredentialRedaction redaction = redactionOf(piece.repeat(4_000) + "!");
    String almost = piece.repeat(2_000_000);

    assertTimeoutPreemptively(
        Duration.ofSeconds(10),
        () -> {
          assertThat(redaction.apply(almost)).isEqualTo(almost);
          assertThat(redaction.kept(almost)).hasSize(ErrorContext.MOST_TEXT_KEPT);
        });
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "9pc\\/a9rZXk\\\"q",
        "9pc\\\\\\/a9rZXk\\\\\\\"q",
        "9pc\\\\u002fa9rZX\\\\u006b\\\\u0022q",
        "\\u0039pc/a9rZXk\\u0022q"
      })
  void aKeyInJsonWithinJsonIsTakenOutAtAnyDepth(String echoed) {
    assertThat(redactionOf("9pc/a9rZXk\"q").apply("<" + echoed + ">")).isEqualTo("<[redacted]>");
  }

  @Test
  void aBackslashBeforeTheKeyGoesWithIt() {
    assertThat(redactionOf("nb_live_4f8a21c0").apply("{\"m\":\"C:\\nb_live_4f8a21c0\"}"))
        .isEqualTo("{\"m\":\"C:[redacted]\"}");
  }

  @Test
  void aSecretOfLittleButBackslashesIsTakenOutAsItIs() {
    assertThat(redactionOf("\\\\\\\\\\\\\\a").apply("a\\a <\\\\\\\\\\\\\\a> a"))
        .isEqualTo("a\\a <[redacted]> a");
  }

  @Test
  void noPartOfAKeyIsLeftWhereALongTextIsCut() {
    for (int before = 1; before <= KEY.length(); before++) {
      String text = "x".repeat(ErrorContext.MOST_TEXT_KEPT - before) + KEY + "y".repeat(1_000);

      String kept = redactionOf(KEY).kept(text);

      assertThat(kept).endsWith("x[redacted]");
      assertThat(kept.length()).isLessThan(text.length());
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "pa\"ss\\word", // as it is
        "pa\\\"ss\\\\word", // as JSON must write it
        "pa\\u0022ss\\u005cword"
      })
  void aPasswordWithQuotesAndBackslashesIsTakenOutInJsonToo(String echoed) {
    Request request =
        Request.create(
            Request.HttpMethod.POST,
            "http://localhost/auth/login",
            Map.of(),
            "{\"password\":\"pa\\\"ss\\\\word\"}".getBytes(StandardCharsets.UTF_8),
            StandardCharsets.UTF_8,
            null);

    assertThat(CredentialRedaction.of(request).apply("<" + echoed + ">")).isEqualTo("<[redacted]>");
  }

  @Test
  void ofTwoKeysTheLongerIsTakenOutWholeThoughTheOtherBeginsIt() {
    Request request =
        Request.create(
            Request.HttpMethod.GET,
            "http://localhost/",
            Map.of("Cookie", List.of("a=" + KEY + "; b=" + KEY + "-longer")),
            null,
            null,
            null);

    assertThat(CredentialRedaction.of(request).apply("<" + KEY + "-longer " + KEY + ">"))
        .isEqualTo("<[redacted] [redacted]>");
  }

  private static CredentialRedaction redactionOf(String key) {
    return CredentialRedaction.of(
        Request.create(
            Request.HttpMethod.GET,
            "http://localhost/",
            Map.of("Authorization", List.of("Bearer " + key)),
            null,
            null,
            null));
  }

  private static String everythingSaidBy(ElumentaException failure) {
    ErrorContext context = failure.context();
    return String.join(
        "\n",
        failure.getMessage(),
        failure.toString(),
        context.toString(),
        context.rawBody().toString(),
        context.rawCode().toString(),
        context.serverMessage().toString(),
        context.requestId().toString(),
        context.headers().toString(),
        context.details().toString(),
        failure instanceof ValidationException refused ? refused.fields().toString() : "");
  }
}
