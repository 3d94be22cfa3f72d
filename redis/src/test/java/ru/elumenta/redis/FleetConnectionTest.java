package ru.elumenta.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import ru.elumenta.redis.RedisFailure.Kind;

class FleetConnectionTest {
  private static final Script ADD =
      Script.ofText("add", "return redis.call('INCRBY', KEYS[1], ARGV[1])");
  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static RealRedis redis;

  @BeforeAll
  static void start() {
    redis = RealRedis.start();
  }

  @AfterAll
  static void stop() {
    redis.close();
  }

  private static FleetOptionsBuilder options() {
    return FleetOptions.at(redis.address());
  }

  @Test
  void aScriptThatTheServerHasForgottenIsSentAgain() throws Exception {
    redis.clear();
    FleetOptions options = options().build();
    try (FleetConnection connection = new FleetConnection(options)) {
      List<String> keys = List.of(options.key("sum"));
      assertThat(connection.run(ADD, keys, List.of("2"), PATIENCE)).containsExactly(2L);
      redis.ask(commands -> commands.scriptFlush());
      assertThat(connection.run(ADD, keys, List.of("3"), PATIENCE)).containsExactly(5L);
    }
    String sum = redis.ask(commands -> commands.get("{elumenta:default}:sum"));
    assertThat(sum).isEqualTo("5");
  }

  @Test
  void aServerThatAnswersNobodyIsNotWaitedForLongerThanAsked() {
    FleetOptions options = options().build();
    try (FleetConnection connection = new FleetConnection(options)) {
      List<String> keys = List.of(options.key("slow"));
      assertThat(catchFailure(connection, keys, PATIENCE)).isNull();
      redis.pause(Duration.ofMillis(600));
      long begin = System.nanoTime();
      RedisFailure failure = catchFailure(connection, keys, Duration.ofMillis(100));
      assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(Duration.ofMillis(500));
      assertThat(failure.kind()).isEqualTo(Kind.SLOW);
      assertThat(failure.mayHaveRun()).isTrue();
      assertThat(catchFailure(connection, keys, PATIENCE)).isNull();
    }
  }

  private static RedisFailure catchFailure(
      FleetConnection connection, List<String> keys, Duration patience) {
    return catchThrowableOfType(
        RedisFailure.class, () -> connection.run(ADD, keys, List.of("1"), patience));
  }

  @Test
  void aServerThatWasKilledIsUsedAgainWhenItIsBack() {
    FleetOptions options = options().build();
    try (FleetConnection connection = new FleetConnection(options)) {
      List<String> keys = List.of(options.key("killed"));
      assertThat(catchFailure(connection, keys, PATIENCE)).isNull();
      redis.kill();
      RedisFailure failure = catchFailure(connection, keys, Duration.ofMillis(300));
      assertThat(failure.kind()).isEqualTo(Kind.UNREACHABLE);
      redis.restart();
      assertThat(catchFailure(connection, keys, PATIENCE)).isNull();
    }
  }

  @Test
  void nothingRunsOnceItIsClosed() {
    FleetOptions options = options().build();
    FleetConnection connection = new FleetConnection(options);
    List<String> keys = List.of(options.key("closed"));
    assertThat(catchFailure(connection, keys, PATIENCE)).isNull();
    connection.close();
    assertThat(catchFailure(connection, keys, PATIENCE).kind()).isEqualTo(Kind.CLOSED);
  }
}
