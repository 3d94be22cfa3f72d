package ru.elumenta.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import ru.elumenta.client.session.LoginRequiredException.Reason;
import ru.elumenta.client.session.SessionStore;
import ru.elumenta.client.session.SessionStoreException;
import ru.elumenta.client.session.StoredSession;
import ru.elumenta.client.session.StoredSession.RefreshForm;

/** A session in a file: who may read it, what is in it, and what if that is damaged. */
class FileSessionStoreTest {
  private static final Duration PATIENCE = Duration.ofSeconds(20);
  private static final Instant NOW = FakeTime.START;

  @TempDir private Path folder;

  private Path file() {
    return folder.resolve("deep/session.json");
  }

  private static StoredSession tokens(String access) {
    return StoredSession.of(
        access, NOW, NOW.plusSeconds(900), "refresh-SECRET=+/", RefreshForm.BODY);
  }

  private static void write(SessionStore store, StoredSession session) {
    store.locked(
        PATIENCE,
        () -> {
          store.write(session);
          return null;
        });
  }

  private static String permissions(Path file) throws IOException {
    return PosixFilePermissions.toString(Files.getPosixFilePermissions(file));
  }

  @Test
  void whatIsWrittenIsReadByAnotherStore() {
    SessionStore store = SessionStores.file(file());
    assertThat(store.read()).isEmpty();
    write(store, tokens("one"));
    write(store, tokens("two"));

    assertThat(SessionStores.file(file()).read()).contains(tokens("two"));
  }

  @Test
  void anEndedSessionAndCookiesAndNoRefreshTokenAreKeptToo() {
    SessionStore store = SessionStores.file(file());
    StoredSession cookie = StoredSession.of("a", NOW, NOW, "x=1; y=2", RefreshForm.COOKIE);
    for (StoredSession each :
        new StoredSession[] {
          cookie,
          StoredSession.of("a", NOW, NOW, null, RefreshForm.BODY),
          cookie.end(Reason.RENEWAL_LOST)
        }) {
      write(store, each);
      assertThat(store.read()).contains(each);
    }
  }

  @Test
  void onlyTheOwnerCanReadIt() throws IOException {
    assumeTrue(FileSystems.getDefault().supportedFileAttributeViews().contains("posix"));
    SessionStore store = SessionStores.file(file());
    write(store, tokens("one"));
    assertThat(permissions(file())).isEqualTo("rw-------");

    Files.setPosixFilePermissions(file(), PosixFilePermissions.fromString("rw-rw-rw-"));
    write(store, tokens("two"));

    assertThat(permissions(file())).isEqualTo("rw-------");
    assertThat(permissions(file().resolveSibling("session.json.lock"))).isEqualTo("rw-------");
  }

  @Test
  void nothingIsLeftBesideIt() throws IOException {
    SessionStore store = SessionStores.file(file());
    write(store, tokens("one"));
    Files.writeString(file().resolveSibling("session.json.next"), "of a process that died");
    write(store, tokens("two"));
    try (Stream<Path> files = Files.list(file().getParent())) {
      assertThat(files.map(each -> each.getFileName().toString()))
          .containsExactlyInAnyOrder("session.json", "session.json.lock");
    }
    store.locked(
        PATIENCE,
        () -> {
          store.clear();
          return null;
        });
    assertThat(file()).doesNotExist();
    assertThat(store.read()).isEmpty();
  }

  @Test
  void aLinkStaysALink() throws IOException {
    Path target = folder.resolve("target.json");
    write(SessionStores.file(target), tokens("one"));
    Path link = Files.createSymbolicLink(folder.resolve("link.json"), target);
    write(SessionStores.file(link), tokens("two"));

    assertThat(link).isSymbolicLink();
    assertThat(SessionStores.file(target).read()).contains(tokens("two"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " \n",
        "{",
        "null",
        "[]",
        "{\"version\":1}",
        "{\"version\":2}",
        "{\"version\":1,\"access_token\":\"SECRET",
        "{\"version\":1,\"ended\":\"SECRET\"}",
        "{\"version\":1,\"access_token\":\"SECRET\",\"issued_at\":\"SECRET\"}",
        "{\"version\":1,\"access_token\":\"SECRET\\n\",\"issued_at\":\"2026-03-08T12:00:00Z\","
            + "\"expires_at\":\"2026-03-08T12:00:00Z\",\"refresh_form\":\"BODY\"}"
      })
  void aDamagedFileFailsEveryCallClearlyAndALoginMendsIt(String damaged) throws IOException {
    try (SessionService service = new SessionService();
        ElumentaSession session =
            ElumentaSession.builder()
                .baseUrl(service.url())
                .store(SessionStores.file(file()))
                .build();
        ElumentaClient elumenta = session.client().build()) {
      Files.createDirectories(file().getParent());
      Files.writeString(file(), damaged);

      for (int i = 0; i < 2; i++) {
        assertThatThrownBy(() -> elumenta.generate(Samples.image()))
            .isInstanceOf(SessionStoreException.class)
            .hasMessageContaining("session.json is damaged. ")
            .hasMessageContaining("Nothing was executed and nothing was charged.")
            .hasMessageContaining("Log in again")
            .hasMessageNotContaining("SECRET")
            .hasNoCause();
      }
      assertThat(service.authRequests()).isEmpty();
      session.login("a@example.com", SessionService.PASSWORD);
      elumenta.generate(Samples.image());
      assertThat(service.executed()).isEqualTo(1);
    }
  }

  @Test
  void aFileThatCannotBeWrittenIsToldOf() throws IOException {
    Files.writeString(folder.resolve("deep"), "a file where a directory should be");

    assertThatThrownBy(() -> write(SessionStores.file(file()), tokens("one")))
        .isInstanceOf(SessionStoreException.class)
        .hasMessageContaining("session.json cannot be locked");
  }

  @Test
  void storesOfOneFileExcludeEachOtherInOneProcessToo() throws Exception {
    AtomicInteger inside = new AtomicInteger();
    AtomicInteger most = new AtomicInteger();
    CountDownLatch done = new CountDownLatch(8);
    for (int i = 0; i < 8; i++) {
      new Thread(
              () -> {
                for (int j = 0; j < 25; j++) {
                  SessionStores.file(file())
                      .locked(
                          PATIENCE,
                          () -> {
                            most.accumulateAndGet(inside.incrementAndGet(), Math::max);
                            return inside.decrementAndGet();
                          });
                }
                done.countDown();
              })
          .start();
    }

    assertThat(done.await(60, TimeUnit.SECONDS)).isTrue();
    assertThat(most).hasValue(1);
  }

  @Test
  void whoeverWaitsTooLongIsTold() throws Exception {
    SessionStore store = SessionStores.file(file());
    CountDownLatch isHeld = new CountDownLatch(1);
    CountDownLatch isTold = new CountDownLatch(1);
    Thread holder =
        new Thread(
            () ->
                store.locked(
                    PATIENCE,
                    () -> {
                      isHeld.countDown();
                      try {
                        return isTold.await(20, TimeUnit.SECONDS);
                      } catch (InterruptedException e) {
                        return false;
                      }
                    }));
    holder.start();
    isHeld.await();

    assertThatThrownBy(
            () -> SessionStores.file(file()).locked(Duration.ofMillis(50), () -> "never"))
        .isInstanceOf(SessionStoreException.class)
        .hasMessageContaining("has been in use by another");
    isTold.countDown();
    holder.join();
  }

  @Test
  void noTokenIsShown() {
    assertThat(SessionStores.file(file()) + " " + SessionStores.inMemory() + " " + tokens("SECRET"))
        .doesNotContain("SECRET")
        .contains("session.json")
        .contains("access token until 2026-03-08T12:15:00Z, refresh token: BODY");
  }
}
