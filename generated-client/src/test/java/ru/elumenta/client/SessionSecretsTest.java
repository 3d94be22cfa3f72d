package ru.elumenta.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.io.StringWriter;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import java.util.logging.Handler;
import java.util.logging.Logger;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import ru.elumenta.client.SessionService.Renewal;
import ru.elumenta.client.SessionService.Renewal.How;
import ru.elumenta.client.api.AuthApi;
import ru.elumenta.client.event.AttemptReport;
import ru.elumenta.client.event.CallInfo;
import ru.elumenta.client.event.CallListener;
import ru.elumenta.client.event.GiveUpReason;
import ru.elumenta.client.model.GoogleLoginRequest;
import ru.elumenta.client.model.LoginRequest;
import ru.elumenta.client.model.RefreshRequest;
import ru.elumenta.client.model.TelegramLoginRequest;
import ru.elumenta.client.options.RetryOptions;
import ru.elumenta.error.ElumentaException;

/** Everything that can be shown of sessions, searched for passwords and tokens. */
class SessionSecretsTest {
  private static final String TOKENS =
      "{\"access_token\":\"access-SECRET-9\",\"refresh_token\":\"refresh-SECRET-9\"";
  private static final String ECHO = "you sent refresh-SECRET-1";

  static Stream<Renewal> everyRenewal() {
    return Stream.of(
        Renewal.how(How.RENEW_AND_BREAK),
        Renewal.how(How.RENEW_AND_CUT),
        Renewal.how(How.BREAK),
        Renewal.answers(200, TOKENS),
        Renewal.answers(200, TOKENS.replace("\"access-SECRET-9\"", "[\"access-SECRET-9\"]") + "}"),
        Renewal.answers(200, "[" + TOKENS + "}]"),
        Renewal.answers(200, "{\"access_token\":\"access SECRET\\n\"}"),
        Renewal.answers(200, "{}").with("Set-Cookie", "refresh_token=SECRET; HttpOnly"),
        Renewal.answers(401, "{\"message\":\"" + ECHO + "\"}"),
        Renewal.answers(422, "{\"error\":\"x\",\"message\":\"" + ECHO + "\"}"),
        Renewal.answers(503, ECHO).with("Set-Cookie", "refresh_token=SECRET; HttpOnly"),
        Renewal.answers(429, ECHO).with("X-Echo", "refresh_token=refresh-SECRET-1"),
        Renewal.answers(500, ECHO));
  }

  private static void look(boolean usesCookies, Consumer<Trial> trial) {
    List<Object> shown = new CopyOnWriteArrayList<>();
    StringWriter log = new StringWriter();
    Handler listening = WrittenLog.listen(log);
    try (SessionService service = new SessionService();
        ElumentaSession session = ElumentaSession.builder().baseUrl(service.url()).build();
        ElumentaClient elumenta =
            session.client().listener(everythingTold(shown)).retry(RetryOptions.none()).build()) {
      if (usesCookies) {
        service.usesCookies();
      }
      trial.accept(new Trial(service, session, elumenta, shown));
      shown.add(session);
      shown.add(elumenta);
    } finally {
      Logger.getLogger("").removeHandler(listening);
    }
    assertThat(shown).isNotEmpty();
    assertThat(shown.stream().map(SessionSecretsTest::text)).noneMatch(t -> t.contains("SECRET"));
    assertThat(log.toString()).doesNotContain("SECRET");
  }

  private record Trial(
      SessionService service, ElumentaSession session, ElumentaClient client, List<Object> shown) {}

  @ParameterizedTest
  @MethodSource("everyRenewal")
  void noRenewalShowsTokens(Renewal renewal) {
    for (boolean usesCookies : new boolean[] {false, true}) {
      look(
          usesCookies,
          trial -> {
            trial.session.login("a@example.com", SessionService.PASSWORD);
            trial.service.expire();
            trial.service.renewals(renewal, renewal);
            trial.shown.add(generate(trial.client));
            trial.shown.add(generate(trial.client));
          });
    }
  }

  private static Object generate(ElumentaClient client) {
    Throwable thrown = catchThrowable(() -> client.generate(Samples.image()));
    return thrown == null ? "generated" : thrown;
  }

  @Test
  void noLoginShowsPasswords() {
    look(
        false,
        trial -> {
          trial.shown.add(trial.session.login("a@example.com", SessionService.PASSWORD));
          trial.shown.add(
              catchThrowable(() -> trial.session.login("a@example.com", "wrong-SECRET")));
          trial.shown.add(
              catchThrowable(() -> trial.session.loginWithPhone("+7999", "wrong-SECRET")));
          trial.shown.add(
              catchThrowable(
                  () ->
                      trial.session.loginWithTelegram(
                          new TelegramLoginRequest()
                              .id(1L)
                              .firstName("wrong")
                              .authDate(1L)
                              .hash("hash-SECRET"))));
          trial.shown.add(
              catchThrowable(
                  () ->
                      trial.session.loginWithGoogle(
                          new GoogleLoginRequest().idToken("wrong").code("code-SECRET"))));
          trial.shown.add(new LoginRequest().email("a").password("SECRET"));
          trial.shown.add(new RefreshRequest().refreshToken("SECRET"));
        });
  }

  @Test
  void noGeneratedOperationShowsThemEither() {
    look(
        false,
        trial -> {
          trial.session.login("a@example.com", SessionService.PASSWORD);
          AuthApi auth = trial.client.api(AuthApi.class);
          trial.shown.add(
              auth.login(new LoginRequest().email("a").password(SessionService.PASSWORD)));
          trial.shown.add(
              catchThrowable(
                  () -> auth.login(new LoginRequest().email("a").password("wrong-SECRET"))));
          everyRenewal()
              .forEach(
                  renewal -> {
                    trial.service.renewals(renewal);
                    trial.shown.add(
                        catchThrowable(
                            () ->
                                auth.refreshToken(
                                    new RefreshRequest().refreshToken("refresh-SECRET-1"))));
                  });
        });
  }

  @Test
  void noLogoutShowsTokens() {
    look(
        false,
        trial -> {
          trial.session.login("a@example.com", SessionService.PASSWORD);
          trial.service.close();
          trial.shown.add(catchThrowable(trial.session::logout));
        });
  }

  private static String text(Object shown) {
    return shown instanceof Throwable thrown ? ShownFailure.of(thrown) : String.valueOf(shown);
  }

  private static CallListener everythingTold(List<Object> shown) {
    return new CallListener() {
      @Override
      public void attemptEnded(CallInfo call, AttemptReport attempt) {
        shown.add(attempt);
      }

      @Override
      public void retryScheduled(CallInfo call, ElumentaException why, Duration wait) {
        shown.add(why);
      }

      @Override
      public void gaveUp(CallInfo call, ElumentaException failure, GiveUpReason reason) {
        shown.add(failure);
      }
    };
  }
}
