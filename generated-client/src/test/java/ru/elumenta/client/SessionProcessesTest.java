package ru.elumenta.client;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import ru.elumenta.client.SessionProcess.Death;
import ru.elumenta.client.SessionService.Renewal;
import ru.elumenta.client.SessionService.Renewal.How;

/** Real processes that share a session in a file; some die at the worst moment. */
class SessionProcessesTest {
  private final SessionService service = new SessionService();
  @TempDir private Path folder;

  @BeforeEach
  void login() {
    try (ElumentaSession session =
        ElumentaSession.builder()
            .baseUrl(service.url())
            .store(SessionStores.file(file()))
            .build()) {
      session.login("a@example.com", SessionService.PASSWORD);
    }
    service.expire();
  }

  @AfterEach
  void stop() {
    service.close();
  }

  private Path file() {
    return folder.resolve("session.json");
  }

  private Process start(Death death) throws Exception {
    return SessionProcess.start(service.url(), file(), death);
  }

  private String run(Death death) throws Exception {
    return SessionProcess.outcome(start(death));
  }

  @Test
  void oneThatDiesBetweenStoringAndUsingLeavesTokensToGoOnWith() throws Exception {
    assertThat(run(Death.AFTER_STORING)).isEqualTo("killed");
    assertThat(service.executed()).isZero();
    assertThat(run(Death.NEVER)).isEqualTo("completed");

    assertThat(service.renewals()).isEqualTo(1);
    assertThat(service.executed()).isEqualTo(1);
    assertThat(service.authRequests())
        .filteredOn(each -> each.path().equals("/auth/login"))
        .hasSize(1);
  }

  @Test
  void oneThatDiesBetweenReceivingAndStoringLeavesALoginToTheNext() throws Exception {
    assertThat(run(Death.BEFORE_STORING)).isEqualTo("killed");
    assertThat(run(Death.NEVER)).isEqualTo("REFUSED");
    assertThat(service.renewals()).isEqualTo(2);
    assertThat(run(Death.NEVER)).isEqualTo("REFUSED");

    assertThat(service.renewals()).isEqualTo(2);
    assertThat(service.executed()).isZero();
  }

  @Test
  void severalAtOnceRenewOnce() throws Exception {
    service.renewals(Renewal.how(How.STALL));
    List<Process> processes = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      processes.add(start(Death.NEVER));
    }
    service.awaitStalled();
    service.go();
    for (Process process : processes) {
      assertThat(SessionProcess.outcome(process)).isEqualTo("completed");
    }

    assertThat(service.renewals()).isEqualTo(1);
    assertThat(service.executed()).isEqualTo(3);
  }
}
