package ru.elumenta.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import ru.elumenta.client.options.PollingOptions;
import ru.elumenta.client.options.RetryOptions;
import ru.elumenta.client.session.Credentials;

class BuilderTest {
  private static final String KEY = "nb_live_a1b2c3d4e5f6g7h8";

  static Stream<Arguments> badKeys() {
    return Stream.of(
        Arguments.of(null, "is null"),
        Arguments.of("", "is blank"),
        Arguments.of("  \t ", "is blank"),
        Arguments.of(KEY + "\n", "line break"),
        Arguments.of("\r\n" + KEY, "line break"),
        Arguments.of(" " + KEY, "begins or ends with white space"),
        Arguments.of(KEY + "\t", "begins or ends with white space"),
        Arguments.of("Bearer " + KEY, "pass the key alone"),
        Arguments.of("nb_live\u0000a1b2c3d4e5f6", "control character"),
        Arguments.of("nb_live_a1b2\nc3d4e5f6", "control character or line break"),
        Arguments.of("nb_live_a1b2 c3d4e5f6", "contains a space"),
        Arguments.of("\"" + KEY + "\"", "quotation marks"),
        Arguments.of("'" + KEY + "'", "quotation marks"),
        Arguments.of("`" + KEY, "quotation marks"),
        Arguments.of("“" + KEY + "”", "quotation marks"),
        Arguments.of("<" + KEY + ">", "in brackets"),
        Arguments.of("{" + KEY + "}", "in brackets"),
        Arguments.of("[" + KEY, "in brackets"),
        Arguments.of("ELUMENTA_API_KEY=" + KEY, "name of the variable"),
        Arguments.of("elumenta_api_key: " + KEY, "name of the variable"),
        Arguments.of("export ELUMENTA_API_KEY=" + KEY, "name of the variable"),
        Arguments.of("$ELUMENTA_API_KEY", "name of the variable"),
        Arguments.of("${ELUMENTA_API_KEY}", "name of the variable"),
        Arguments.of("%ELUMENTA_API_KEY%", "name of the variable"),
        Arguments.of("$MY_KEY", "name of the variable"),
        Arguments.of("api-key: " + KEY, "name of the variable"),
        Arguments.of("API_KEY=" + KEY, "name of the variable"),
        Arguments.of("Bearer:" + KEY, "pass the key alone"),
        Arguments.of(KEY + ";", "semicolon or comma"),
        Arguments.of("nb_live_ключ", "not ASCII"));
  }

  @ParameterizedTest
  @MethodSource("badKeys")
  void aKeyThatCannotBeOneIsRefusedWithASentenceThatDoesNotShowIt(String key, String sentence) {
    ElumentaClientBuilder builder = ElumentaClient.builder().apiKey(key);

    assertThatThrownBy(builder::build)
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(sentence)
        .hasMessageNotContaining("a1b2");
  }

  @Test
  void aClientWithoutCredentialsIsRefused() {
    assertThatThrownBy(ElumentaClient.builder()::build)
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("call apiKey(…), or use ElumentaClient.fromEnv()");
  }

  @Test
  void keyAndCredentialsTogetherAreRefused() {
    ElumentaClientBuilder both = ElumentaClient.builder().apiKey(KEY).credentials(() -> KEY);

    assertThatThrownBy(both::build).hasMessageContaining("keep one of them");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "http://elumenta.ru/api/v2",
        "http://localhost.evil.example/api",
        "http://127.0.0.1.evil.example",
        "ftp://elumenta.ru",
        "elumenta.ru/api/v2",
        "https://user:secret@elumenta.ru",
        "https://elumenta.ru/api?x=1",
        "https://elumenta.ru/#a",
        "https://",
        "not a url",
        " "
      })
  void aBaseUrlThatWouldLeakOrFailIsRefused(String url) {
    ElumentaClientBuilder builder = ElumentaClient.builder().apiKey(KEY).baseUrl(url);

    assertThatThrownBy(builder::build)
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("base URL")
        .hasMessageNotContaining("secret");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "https://elumenta.ru:0/api/v2",
        "https://elumenta.ru:65536/api/v2",
        "https://elumenta.ru:99999999999",
        "https://elumenta.ru:-1",
        "https://elumenta.ru:https",
        "http://[::1]:70000",
        "http://localhost:808o/v2"
      })
  void aPortThatCannotBeOneIsRefused(String url) {
    assertThatThrownBy(ElumentaClient.builder().apiKey(KEY).baseUrl(url)::build)
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("The base URL has an impossible port");
  }

  @ParameterizedTest
  @ValueSource(strings = {"nb_live_a=b", "nb_live_abc==", "sk-key_token=x", "a.b-c_d~e/f+g"})
  void aKeyOfUnusualCharactersIsAccepted(String key) {
    ElumentaClient.builder().apiKey(key).build().close();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "http://localhost:8080",
        "http://127.0.0.1:1/api/",
        "http://[::1]:80/x",
        "https://a.b"
      })
  void tlsIsRequiredExceptOnThisMachine(String url) {
    try (ElumentaClient elumenta = ElumentaClient.builder().apiKey(KEY).baseUrl(url).build()) {
      assertThat(elumenta).hasToString("ElumentaClient[" + url.replaceAll("/$", "") + "]");
    }
  }

  @Test
  void settingsOutOfRangeAreRefusedByName() {
    assertThatThrownBy(ElumentaClient.builder().apiKey(KEY).attemptTimeout(Duration.ZERO)::build)
        .hasMessage("attemptTimeout must be longer than zero.");
    assertThatThrownBy(
            ElumentaClient.builder().apiKey(KEY).callTimeout(Duration.ofSeconds(-1))::build)
        .hasMessageStartingWith("callTimeout must not be negative");
    assertThatThrownBy(ElumentaClient.builder().apiKey(KEY).retry(null)::build)
        .hasMessage("retry must not be null.");
    assertThatThrownBy(() -> RetryOptions.defaults().withMaxAttempts(0))
        .hasMessage("maxAttempts must be at least 1, but is 0.");
    assertThatThrownBy(() -> RetryOptions.defaults().withJitter(1.5))
        .hasMessage("jitter must be from 0 to 1, but is 1.5.");
    assertThatThrownBy(
            () -> RetryOptions.defaults().withBackOff(Duration.ofSeconds(2), Duration.ofSeconds(1)))
        .hasMessage("maxBackOff (PT1S) must not be shorter than firstBackOff (PT2S).");
    assertThatThrownBy(() -> PollingOptions.defaults().withInterval(Duration.ZERO))
        .hasMessage("interval must be longer than zero.");
  }

  @Test
  void theEnvironmentNamesKeyAndBaseUrl() {
    Map<String, String> environment =
        Map.of("ELUMENTA_API_KEY", KEY, "ELUMENTA_BASE_URL", "http://localhost:1/v2");

    try (ElumentaClient elumenta = ElumentaClient.fromEnv(environment::get)) {
      assertThat(elumenta).hasToString("ElumentaClient[http://localhost:1/v2]");
    }
    assertThatThrownBy(() -> ElumentaClient.fromEnv(name -> null))
        .hasMessageContaining("set ELUMENTA_API_KEY");
  }

  @Test
  void credentialsShowPrefixAndLengthOnly() {
    assertThat(Credentials.apiKey(KEY)).hasToString("nb_…(24 characters)");
  }

  @Test
  void anInterfaceThatWasNotGeneratedIsRefused() {
    try (ElumentaClient elumenta = ElumentaClient.builder().apiKey(KEY).build()) {
      assertThatThrownBy(() -> elumenta.api(Runnable.class))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("java.lang.Runnable is not an interface generated");
    }
  }
}
