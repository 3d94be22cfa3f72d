package ru.elumenta.error;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A status means what the service says with it only if the service said it. */
class WhoSpokeTest {
  private static final String PAGE =
      "<html>\r\n"
          + "<head><title>403 &amp; Forbidden</title></head>\r\n"
          + "<body><h1>No</h1></body></html>";

  @ParameterizedTest
  @ValueSource(ints = {400, 401, 402, 403, 404, 405, 407, 408, 409, 413, 422, 451})
  void aPageSaysNothingAboutTheAccountAndWasNotExecuted(int status) {
    ElumentaException failure =
        Answer.of(status).header("Server", "nginx/1.25").body(PAGE).decode();

    assertThat(failure).isExactlyInstanceOf(UnexpectedResponseException.class);
    assertThat(failure.execution()).isEqualTo(Execution.NOT_EXECUTED);
    assertThat(failure.isTransient()).isFalse();
    assertThat(((UnexpectedResponseException) failure).foreignBody())
        .contains("an HTML page, \"403 & Forbidden\" (Server: nginx/1.25)");
    assertThat(failure)
        .hasMessageContaining("was answered with " + status)
        .hasMessageContaining("403 & Forbidden")
        .hasMessageContaining("nginx/1.25");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Forbidden",
        "404 page not found", // begins as a number of JSON does
        "\"Forbidden\" said the gate",
        "null and void",
        "error code: 1020",
        "<?xml version=\"1.0\"?><Error><Code>AccessDenied</Code></Error>",
        "<!-- nothing else -->",
        "{{ template }}",
        "403: insufficient_plan",
        "%PDF-1.7"
      })
  void otherTextIsSomebodyElsesToo(String text) {
    ElumentaException failure = Answer.of(403, text);

    assertThat(failure).isExactlyInstanceOf(UnexpectedResponseException.class);
    assertThat(failure.execution()).isEqualTo(Execution.NOT_EXECUTED);
    assertThat(((UnexpectedResponseException) failure).foreignBody()).isPresent();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " \n",
        "\uFEFF",
        "{}",
        "[]",
        "\"Not on your plan.\"",
        "{\"detail\": \"Not on your plan.\"}",
        "{\"detail\": [{\"loc\": [\"body\"], \"msg\": \"no\"}]}",
        "{\"detail\": {\"message\": \"no\"}}",
        "{\"message\": \"no\"}",
        "{\"error\": {\"message\": \"no\"}}",
        "{\"error\": \"Not on your plan.\"}",
        "\uFEFF  {\"error\": \"insufficient_plan\"}",
        "{\"error\": \"insufficient_plan\", \"message\": \"cut o"
      })
  void jsonOfAnyShapeOrNothingIsTheServices(String body) {
    assertThat(Answer.of(403, body)).isExactlyInstanceOf(InsufficientPlanException.class);
  }

  @Test
  void a429AsksToWaitWhoeverSentIt() {
    ElumentaException failure = Answer.of(429).header("Retry-After", "17").body(PAGE).decode();

    assertThat(failure).isExactlyInstanceOf(RateLimitException.class);
    assertThat(failure.retryAfter()).contains(Duration.ofSeconds(17));
    assertThat(failure.execution()).isEqualTo(Execution.NOT_EXECUTED);
  }

  @ParameterizedTest
  @ValueSource(ints = {500, 502, 503, 504, 520, 524})
  void aPageWithAServerErrorLeavesAPaidRequestOpen(int status) {
    ElumentaException failure = Answer.of(status, PAGE);

    assertThat(failure).isExactlyInstanceOf(UnexpectedResponseException.class);
    assertThat(failure.execution()).isEqualTo(Execution.UNKNOWN);
    assertThat(failure.isTransient()).isTrue();
  }

  @Test
  void aPageThatQuotesACodeIsStillAPage() {
    ElumentaException failure = Answer.of(503, "<pre>{\"error\":\"model_unavailable\"}</pre>");

    assertThat(failure).isExactlyInstanceOf(UnexpectedResponseException.class);
    assertThat(failure.execution()).isEqualTo(Execution.UNKNOWN);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "{}", "<title>ERR_CACHE_ACCESS_DENIED</title>", "Proxy Auth Required"})
  void aProxyThatWantsAPasswordIsNamedAndNobodySpeaksOfPaying(String body) {
    ElumentaException failure = Answer.of(407, body);

    assertThat(failure).isExactlyInstanceOf(UnexpectedResponseException.class);
    assertThat(failure.execution()).isEqualTo(Execution.NOT_EXECUTED);
    assertThat(failure).hasMessageContaining("The proxy wants a user and a password");
    assertThat(failure.getMessage()).doesNotContain("charged").doesNotContain("paid");
  }

  @ParameterizedTest
  @CsvSource({
    "'<TITLE lang=en>Attention Required!\n"
        + " | Cloudflare</TITLE>', 'page, \"Attention Required! | Cloudflare\"'",
    "'<html><title></title><h1>502 <b>Bad</b> Gateway</h1>', 'page, \"502 Bad Gateway\"'",
    "'<html><body>Sorry</body></html>', 'an HTML page'",
    "'<?xml version=\"1.0\"?><Error/>', 'an XML document'",
    "'Access denied by policy 17', 'the text \"Access denied by policy 17\"'",
  })
  void whatItLooksLikeIsSaid(String body, String description) {
    assertThat(Answer.of(403, body)).hasMessageContaining(description);
  }

  @Test
  void aTitleWithoutEndOrLengthIsShortened() {
    String title = "<html><title>" + "long ".repeat(200_000);

    assertThat(Answer.of(403, title).getMessage()).hasSizeLessThan(600);
    assertThat(Answer.of(403, title + "</title>").getMessage()).hasSizeLessThan(600);
    assertThat(Answer.of(403, "<title ".repeat(100_000)).getMessage()).hasSizeLessThan(600);
  }

  @ParameterizedTest
  @CsvSource({
    "POST, /api/v2/models/dall-e-3/calculate-price, Asking for a price costs nothing",
    "GET, /api/v2/generate/18473, A read costs nothing",
    "DELETE, /api/v2/user/history/18473, it costs no tokens",
    "POST, /api/v2/user/history/18473/favorite, it costs no tokens",
    "POST, /api/v2/auth/login, it costs no tokens",
    "POST, /api/v2/generate, Whether it was executed and charged is unknown",
    "POST, /api/v2/generate/stream, Whether it was executed and charged is unknown",
    "POST, /api/v2/stt, Whether it was executed and charged is unknown",
    "POST, /api/v2/something/new, Whether it was executed and charged is unknown",
  })
  void onlyWhatMayCostSomethingMayHaveBeenCharged(String method, String path, String sentence) {
    ErrorContext context = ErrorContext.builder(method, path).status(502).build();

    assertThat(new UnexpectedResponseException(context)).hasMessageContaining(sentence);
  }
}
