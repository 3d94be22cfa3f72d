package ru.elumenta.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.lettuce.core.AclSetuserArgs;
import io.lettuce.core.codec.StringCodec;
import io.lettuce.core.output.StatusOutput;
import io.lettuce.core.protocol.CommandArgs;
import io.lettuce.core.protocol.CommandType;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import ru.elumenta.client.ElumentaClient;
import ru.elumenta.client.ElumentaSession;
import ru.elumenta.client.journal.CallOutcome;
import ru.elumenta.client.journal.Calls;
import ru.elumenta.client.journal.JournalException;
import ru.elumenta.client.journal.OpenCall;
import ru.elumenta.client.model.Generation;
import ru.elumenta.client.model.GenerationRequest;
import ru.elumenta.client.session.SessionStoreException;
import ru.elumenta.contract.ElumentaSimulator;
import ru.elumenta.error.ElumentaException;
import ru.elumenta.error.Execution;
import ru.elumenta.redis.FleetOptions.WithoutJournal;

/** Each row of the table in docs/fleets.md: what becomes of a paid call and of a session. */
class WithoutRedisTest {
  private static final Duration TIMEOUT =
      Duration.ofMillis(1200); // connecting on a busy machine takes its time
  private static final Duration SOON = Duration.ofSeconds(15);
  private static final String PASSWORD = "a-password-of-the-test";
  private static RealRedis redis;

  private final ElumentaSimulator service = ElumentaSimulator.start();
  private final List<AutoCloseable> opened = new ArrayList<>();
  private FragileLink link;

  @BeforeAll
  static void start() {
    redis = RealRedis.start();
  }

  @AfterAll
  static void stop() {
    redis.close();
  }

  @BeforeEach
  void connect() {
    redis.clear();
    link = new FragileLink(redis.port());
  }

  @AfterEach
  void close() throws Exception {
    for (int i = opened.size() - 1; i >= 0; i--) {
      opened.get(i).close();
    }
    link.close();
    service.close();
  }

  private FleetOptionsBuilder options() {
    return FleetOptions.at(link.address())
        .timeout(TIMEOUT)
        .lease(Duration.ofMillis(900))
        .longestPause(Duration.ZERO)
        .encryptionKey(Sessions.KEY);
  }

  private <T extends AutoCloseable> T open(T part) {
    opened.add(part);
    return part;
  }

  private RedisCallJournal connected(FleetOptionsBuilder options) {
    RedisCallJournal journal = open(RedisCallJournal.of(options.build()));
    assertThat(journal.openCalls()).isEmpty();
    return journal;
  }

  private Generation generate(RedisCallJournal journal) {
    ElumentaClient client = open(service.client().journal(journal).build());
    return client.generate(new GenerationRequest().model("dall-e-3").prompt("A boat"));
  }

  /** It fails, costs nothing, is not sent, and is not listed afterwards. */
  private JournalException notSent(RedisCallJournal journal, String because) {
    JournalException failure =
        catchThrowableOfType(JournalException.class, () -> generate(journal));
    assertThat(failure).hasMessageContaining(because);
    assertThat(failure.execution()).isEqualTo(Execution.NOT_EXECUTED);
    assertThat(failure).hasMessageContaining("Nothing was sent and nothing was charged.");
    assertThat(service.requests("createGeneration")).isZero();
    assertThat(whole(failure)).doesNotContain(PASSWORD, "A boat");
    return failure;
  }

  private static String whole(Throwable failure) {
    StringWriter text = new StringWriter();
    failure.printStackTrace(new PrintWriter(text));
    return text.toString();
  }

  private static void await(String what, BooleanSupplier holds) {
    long end = System.nanoTime() + SOON.toNanos();
    while (!holds.getAsBoolean()) {
      assertThat(System.nanoTime()).as(what).isLessThan(end);
    }
  }

  private static boolean isReached(RedisCallJournal journal) {
    try {
      journal.openCalls();
      return true;
    } catch (JournalException e) {
      return false;
    }
  }

  /** Soon, that is: an attempt to connect that was begun before may have to fail first. */
  private void worksAgain(RedisCallJournal journal) {
    await("it is reached again", () -> isReached(journal));
    generate(journal);
    assertThat(service.charges()).isEqualTo(1);
    await("nothing is left open", () -> journal.openCalls().isEmpty());
  }

  @Test
  void down() {
    RedisCallJournal journal = connected(options());
    link.cut();
    notSent(journal, "cannot be reached");
    link.mend();
    worksAgain(journal);
  }

  @Test
  void slow() {
    RedisCallJournal journal = connected(options());
    link.slow(TIMEOUT.multipliedBy(2));
    long begin = System.nanoTime();
    notSent(journal, "did not answer in time");
    assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(TIMEOUT.multipliedBy(6));
    link.mend();
    worksAgain(journal);
  }

  @Test
  void slowAndLessTimeThanTheTimeout() {
    RedisCallJournal journal = connected(options());
    link.slow(TIMEOUT);
    long begin = System.nanoTime();
    JournalException failure =
        catchThrowableOfType(
            JournalException.class, () -> journal.open(Calls.image(), Duration.ofMillis(50)));
    assertThat(failure).hasMessageContaining("did not answer in time");
    assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(TIMEOUT);
  }

  @Test
  void cutInAWayThatNobodyNotices() {
    RedisCallJournal journal = connected(options());
    link.fallSilent();
    notSent(journal, "did not answer in time");
    link.mend(); // what was sent over the old connection is lost: a new one is used
    worksAgain(journal);
  }

  @Test
  void cutBetweenTheWritingAndTheAnswer() {
    RedisCallJournal journal = connected(options());
    link.loseTheNextAnswer();
    notSent(journal, "cannot be reached");
    await("what was written for a call that was not sent is removed", journal.openCalls()::isEmpty);
    worksAgain(journal);
  }

  @Test
  void killedAndStartedAgain() {
    RedisCallJournal journal = connected(options());
    OpenCall call = Calls.image();
    journal.open(call, SOON);
    redis.kill();
    notSent(journal, "cannot be reached");
    redis.restart();
    await("its machine lives again", () -> journal.openCalls().equals(List.of(call)));
    journal.close(call.id(), CallOutcome.notExecuted());
    worksAgain(journal);
  }

  @Test
  void full() {
    RedisCallJournal journal = connected(options());
    redis.ask(commands -> commands.configSet("maxmemory", "1"));
    try {
      notSent(journal, "has no memory left (OOM)");
    } finally {
      redis.ask(commands -> commands.configSet("maxmemory", "0"));
    }
    worksAgain(journal);
  }

  @Test
  void oneThatThrowsKeysAway() {
    redis.ask(commands -> commands.configSet("maxmemory", "1gb"));
    redis.ask(commands -> commands.configSet("maxmemory-policy", "allkeys-lru"));
    try {
      RedisCallJournal journal = open(RedisCallJournal.of(options().build()));
      notSent(journal, "throws keys away when its memory is full");
      generate(open(RedisCallJournal.of(options().allowEviction().build())));
      assertThat(service.charges()).isEqualTo(1);
    } finally {
      redis.ask(commands -> commands.configSet("maxmemory-policy", "noeviction"));
      redis.ask(commands -> commands.configSet("maxmemory", "0"));
    }
  }

  @Test
  void evictedAllTheSame() {
    RedisCallJournal journal = connected(options());
    OpenCall call = Calls.image();
    journal.open(call, SOON);
    redis.clear();
    await("it is told again", () -> journal.openCalls().contains(call));
  }

  @Test
  void wrongPassword() {
    redis.ask(commands -> commands.aclSetuser("somebody", user(">other")));
    RedisCallJournal journal =
        open(RedisCallJournal.of(options().username("somebody").password(PASSWORD).build()));
    notSent(journal, "refuses user or password (WRONGPASS)");
  }

  private static AclSetuserArgs user(String password) {
    return AclSetuserArgs.Builder.on().addPassword(password.substring(1)).allKeys().allCommands();
  }

  @Test
  void aUserWhoMayNotWhatIsNeeded() {
    redis.ask(
        commands ->
            commands.aclSetuser(
                "reader",
                AclSetuserArgs.Builder.on()
                    .addPassword(PASSWORD)
                    .allKeys()
                    .addCommand(CommandType.HELLO)
                    .addCommand(CommandType.AUTH)
                    .addCommand(CommandType.PING)
                    .addCommand(CommandType.TIME)));
    RedisCallJournal journal =
        open(RedisCallJournal.of(options().username("reader").password(PASSWORD).build()));
    notSent(journal, "does not permit this user what is needed (NOPERM)");
  }

  /** As docs/fleets.md has it. */
  @Test
  void theUserThatThePageNamesMayAllThatIsNeeded() throws Exception {
    String line =
        Files.readAllLines(Path.of("..", "docs", "fleets.md")).stream()
            .filter(each -> each.startsWith("ACL SETUSER "))
            .findFirst()
            .orElseThrow();
    String[] words = line.replace("PASSWORD", PASSWORD).split(" ");
    CommandArgs<String, String> arguments = new CommandArgs<>(StringCodec.UTF8);
    List.of(words).subList(1, words.length).forEach(arguments::add);
    redis.ask(
        commands ->
            commands.dispatch(CommandType.ACL, new StatusOutput<>(StringCodec.UTF8), arguments));
    RedisCallJournal journal =
        connected(options().username(words[2]).password(PASSWORD).durability(Durability.PRIMARY));
    worksAgain(journal);
    assertThat(journal.takeOver(1)).isEmpty();
    RedisSessionStore store =
        open(RedisSessionStore.of(options().username(words[2]).password(PASSWORD).build()));
    store.locked(
        SOON,
        () -> {
          store.write(Sessions.numbered(1));
          return null;
        });
    assertThat(store.read()).contains(Sessions.numbered(1));
    RedisCallJournal elsewhere =
        open(
            RedisCallJournal.of(
                options().prefix("other").username(words[2]).password(PASSWORD).build()));
    JournalException failure =
        catchThrowableOfType(JournalException.class, () -> elsewhere.open(Calls.image(), SOON));
    assertThat(failure).hasMessageContaining("(NOPERM)");
  }

  @Test
  void aReplicaAndAPrimaryThatBecomesOne() {
    RedisCallJournal journal = connected(options());
    redis.ask(commands -> commands.replicaof("127.0.0.1", 1));
    try {
      notSent(journal, "is a replica");
      CompletableFuture<Void> failover =
          CompletableFuture.runAsync(() -> redis.ask(commands -> commands.replicaofNoOne()));
      await("it is the primary again", failover::isDone);
    } finally {
      redis.ask(commands -> commands.replicaofNoOne());
    }
    worksAgain(journal);
  }

  @Test
  void oneThatRefusesWritesBecauseItHasTooFewReplicas() {
    RedisCallJournal journal = connected(options());
    redis.ask(commands -> commands.configSet("min-replicas-to-write", "1"));
    try {
      notSent(journal, "refuses writes that it could not keep (NOREPLICAS)");
    } finally {
      redis.ask(commands -> commands.configSet("min-replicas-to-write", "0"));
    }
    worksAgain(journal);
  }

  @Test
  void fewerReplicasThanAskedFor() {
    RedisCallJournal journal = connected(options().durability(new Durability(1, false)));
    notSent(journal, "has not brought the write to as many replicas");
    await("what was not sent is not listed", journal.openCalls()::isEmpty);
    RedisCallJournal disk = connected(options().durability(new Durability(0, true)));
    notSent(disk, "has not brought the write to as many replicas, or to the disk"); // Redis 6.2
  }

  @Test
  void itForgotItsScripts() {
    RedisCallJournal journal = connected(options());
    redis.ask(commands -> commands.scriptFlush());
    worksAgain(journal);
  }

  @Test
  void downWhenTheAnswerComes() {
    RedisCallJournal journal = connected(options());
    OpenCall call = Calls.image();
    journal.open(call, SOON);
    link.cut();
    JournalException failure =
        catchThrowableOfType(
            JournalException.class, () -> journal.close(call.id(), CallOutcome.answered("gen_1")));
    assertThat(failure.execution()).isEqualTo(Execution.EXECUTED);
    link.mend();
    await("it is written later", () -> journal.claims(Set.of("gen_1")).containsKey("gen_1"));
    assertThat(journal.openCalls()).isEmpty();
  }

  @Test
  void downAndItIsPreferredToGoOn() {
    RedisCallJournal journal = connected(options().withoutJournal(WithoutJournal.SEND_UNRECORDED));
    OpenCall open = Calls.image();
    link.cut();
    Generation made = generate(journal);
    assertThat(service.charges()).isEqualTo(1);
    journal.open(open, TIMEOUT);
    link.mend();
    String id = made.getId().toString();
    await("what was not written is", () -> journal.openCalls().contains(open));
    await("whose it is, too", () -> journal.claims(Set.of(id)).containsKey(id));
    assertThat(journal.openCalls()).containsExactly(open);
  }

  @Test
  void aSessionWithoutItsStore() {
    RedisSessionStore store = open(RedisSessionStore.of(options().build()));
    ElumentaSession session =
        open(ElumentaSession.builder().baseUrl(service.baseUrl()).store(store).build());
    session.login(ElumentaSimulator.EMAIL, ElumentaSimulator.PASSWORD);
    ElumentaClient client = open(session.client().build());
    client.balance();
    link.cut();
    client.balance(); // the token is good, and nobody is asked
    service.expireAccessTokens();
    ElumentaException failure = catchThrowableOfType(SessionStoreException.class, client::balance);
    assertThat(failure).hasMessageContaining("cannot be reached");
    assertThat(failure.execution()).isEqualTo(Execution.NOT_EXECUTED);
    assertThat(service.requests("refreshToken")).isZero();
    link.mend();
    client.balance();
    assertThat(service.requests("login")).isEqualTo(1);
  }
}
