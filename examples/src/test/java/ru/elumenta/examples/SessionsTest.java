package ru.elumenta.examples;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SessionsTest {
  @TempDir private Path folder;

  @Test
  void printsWhatBecomesOfASessionAndTheRequestsItTook() {
    List<String> rows = Printed.by(() -> Sessions.run(folder.resolve("session.json")));

    assertThat(rows).hasSize(13);
    assertThat(rows.get(1)).matches("nobody is logged in +LoginRequiredException, cost nothing +0");
    assertThat(rows.get(2)).matches("log in +user 1042 +1");
    assertThat(rows.get(3)).matches("generate an image +completed, .* +1");
    assertThat(rows.get(4)).matches("the access token has expired +completed, .* +3");
    assertThat(rows.get(5)).matches("another process goes on with it +completed, .* +1");
    assertThat(rows.get(6))
        .matches("it cannot be renewed now +ModelUnavailableException, 503, cost nothing +2");
    assertThat(rows.get(7)).matches("the next call renews it +completed, .* +2");
    assertThat(rows.get(8))
        .matches("the refresh token is refused +LoginRequiredException, 401, cost nothing +2");
    assertThat(rows.get(9))
        .matches("nobody has logged in since +LoginRequiredException, cost nothing +0");
    assertThat(rows.get(12)).matches("log out +the tokens are gone +1");
    assertThat(folder.resolve("session.json")).doesNotExist();
  }
}
