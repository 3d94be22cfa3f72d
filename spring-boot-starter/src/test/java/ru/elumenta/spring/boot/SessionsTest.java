package ru.elumenta.spring.boot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import ru.elumenta.client.ElumentaClient;
import ru.elumenta.client.ElumentaSession;
import ru.elumenta.client.SessionStores;
import ru.elumenta.client.session.LoginRequiredException;
import ru.elumenta.client.session.SessionStore;
import ru.elumenta.contract.ElumentaSimulator;
import ru.elumenta.contract.scenario.Fault;
import ru.elumenta.error.ElumentaException;

class SessionsTest {
  private final ElumentaSimulator service = ElumentaSimulator.start();

  @AfterEach
  void stop() {
    service.close();
  }

  private ApplicationContextRunner with(String... properties) {
    return Contexts.withoutKey()
        .withPropertyValues("elumenta.base-url=" + service.baseUrl())
        .withPropertyValues(properties);
  }

  private ApplicationContextRunner withPassword(String password) {
    return with(
        "elumenta.session.email=" + ElumentaSimulator.EMAIL,
        "elumenta.session.password=" + password);
  }

  @Test
  void manyCallsAtOnceLogInOnceAndNotBeforeTheyAreMade() {
    withPassword(ElumentaSimulator.PASSWORD)
        .run(
            context -> {
              ElumentaClient client = context.getBean(ElumentaClient.class);
              assertThat(service.requests()).isZero();
              List<CompletableFuture<?>> calls =
                  IntStream.range(0, 16)
                      .<CompletableFuture<?>>mapToObj(
                          each -> CompletableFuture.supplyAsync(client::balance))
                      .toList();
              calls.forEach(CompletableFuture::join);
              assertThat(service.requests("login")).isEqualTo(1);
              assertThat(service.requests("getBalance")).isEqualTo(16);
            });
  }

  @Test
  void aPasswordThatIsRefusedIsSentOnce() {
    withPassword("a wrong password")
        .run(
            context -> {
              ElumentaClient client = context.getBean(ElumentaClient.class);
              assertThatThrownBy(client::balance).isInstanceOf(ElumentaException.class);
              assertThatThrownBy(client::balance).isInstanceOf(LoginRequiredException.class);
              assertThatThrownBy(client::balance).isInstanceOf(LoginRequiredException.class);
              assertThat(service.requests("login")).isEqualTo(1);
              assertThat(service.requests("getBalance")).isZero();
            });
  }

  @Test
  void aLoginThatFailsForAPassingReasonIsTriedByTheNextCall() {
    withPassword(ElumentaSimulator.PASSWORD)
        .run(
            context -> {
              service.next().to("login").fail(Fault.providerError());
              ElumentaClient client = context.getBean(ElumentaClient.class);
              assertThatThrownBy(client::balance).isInstanceOf(ElumentaException.class);
              client.balance();
              assertThat(service.requests("login")).isEqualTo(2);
            });
  }

  @Test
  void tokensInAFileSpareTheNextProcessALogin(@TempDir Path folder) {
    Path file = folder.resolve("tokens");
    for (int start = 0; start < 2; start++) {
      withPassword(ElumentaSimulator.PASSWORD)
          .withPropertyValues("elumenta.session.file=" + file)
          .run(context -> context.getBean(ElumentaClient.class).balance());
    }

    assertThat(service.requests("login")).isEqualTo(1);
    assertThat(Files.exists(file)).isTrue();
  }

  @Test
  void aStoreOfTheApplicationsOwnMakesASessionThatSomebodyLogsInto() {
    SessionStore store = SessionStores.inMemory();
    with()
        .withBean(SessionStore.class, () -> store)
        .run(
            context -> {
              ElumentaClient client = context.getBean(ElumentaClient.class);
              assertThatThrownBy(client::balance).isInstanceOf(LoginRequiredException.class);
              context
                  .getBean(ElumentaSession.class)
                  .login(ElumentaSimulator.EMAIL, ElumentaSimulator.PASSWORD);
              client.balance();
              assertThat(store.read()).isPresent();
            });
  }
}
