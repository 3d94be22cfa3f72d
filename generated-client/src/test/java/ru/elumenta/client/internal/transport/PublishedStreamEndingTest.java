package ru.elumenta.client.internal.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static ru.elumenta.client.internal.transport.Streams.HEAD;
import static ru.elumenta.client.internal.transport.Streams.LONG;
import static ru.elumenta.client.internal.transport.Streams.START;
import static ru.elumenta.client.internal.transport.Streams.client;
import static ru.elumenta.client.internal.transport.Streams.delta;
import static ru.elumenta.client.internal.transport.Streams.falling;
import static ru.elumenta.client.internal.transport.Streams.prompt;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import ru.elumenta.client.ElumentaClient;
import ru.elumenta.client.HttpEngine;
import ru.elumenta.client.StreamEvent;
import ru.elumenta.client.error.OutcomeUnknownException;
import ru.elumenta.error.CallInterruptedException;
import ru.elumenta.error.ElumentaException;
import ru.elumenta.error.Execution;

/** Whoever ends a published stream ends it at once: the server sees it, and is asked no more. */
class PublishedStreamEndingTest {
  private static final Duration SHORT = Duration.ofMillis(200);
  private static final long ALL = Long.MAX_VALUE;

  private static RawServer endless() throws Exception {
    return RawServer.script(
        conn -> {
          conn.readRequest();
          conn.write(HEAD + START);
          while (true) {
            conn.write(delta("more "));
          }
        });
  }

  /** Where a stream is when somebody ends it. */
  enum Phase {
    /** The request is sent, and no answer has come. */
    OPENING(ALL),
    /** More is wanted than comes. */
    WAITING(ALL),
    /** Nothing is wanted. */
    RESTING(1);

    private final long asked;

    Phase(long asked) {
      this.asked = asked;
    }

    private RawServer server() throws Exception {
      return this == OPENING
          ? RawServer.script(
              conn -> {
                conn.readRequest();
                conn.stall();
              })
          : RawServer.script(falling(START));
    }

    /** Subscribes, and waits until it is there. */
    private Heard reached(RawServer server, ElumentaClient elumenta) throws Exception {
      Heard heard = Heard.from(elumenta.streamPublisher(prompt()), asked);
      if (this == OPENING) {
        assertThat(server.awaitRequests(1, LONG)).isTrue();
      } else {
        assertThat(heard.next()).isInstanceOf(StreamEvent.Started.class);
      }
      return heard;
    }
  }

  @ParameterizedTest
  @EnumSource(Phase.class)
  void cancellingClosesTheConnectionAndNothingIsHeardOfItAnyMore(Phase phase) throws Exception {
    try (RawServer server = phase.server();
        ElumentaClient elumenta = client(server).build()) {
      Heard heard = phase.reached(server, elumenta);

      heard.cancels();

      assertThat(server.awaitClientGone(LONG)).isTrue();
      heard.cancels();
      heard.asksFor(1);
      heard.asksFor(-1);
      assertThat(heard.next(SHORT)).isNull();
      assertThat(server.requests()).isEqualTo(1);
      assertThat(elumenta.openCalls()).hasSize(phase == Phase.OPENING ? 1 : 0);
    }
  }

  @ParameterizedTest
  @EnumSource(Phase.class)
  void closingTheClientTellsTheSubscriber(Phase phase) throws Exception {
    try (RawServer server = phase.server();
        ElumentaClient elumenta = client(server).build()) {
      Heard heard = phase.reached(server, elumenta);

      early(elumenta);

      toldOfClosing(server, heard);
      assertThat(Heard.from(elumenta.streamPublisher(prompt()), 1).next())
          .isInstanceOf(CallInterruptedException.class);
      assertThat(server.requests()).isEqualTo(1);
    }
  }

  @ParameterizedTest
  @EnumSource(Phase.class)
  void closingOneClientOfAnEngineLeavesTheOthersTheirStreams(Phase phase) throws Exception {
    try (RawServer server = phase.server();
        RawServer others = RawServer.script(falling(START));
        HttpEngine engine = HttpEngine.create();
        ElumentaClient elumenta = client(server).sharedWith(engine).build();
        ElumentaClient other = client(others).sharedWith(engine).build()) {
      Heard heard = phase.reached(server, elumenta);
      Heard resting = Phase.RESTING.reached(others, other);
      Heard waiting = Phase.WAITING.reached(others, other);

      early(elumenta);
      toldOfClosing(server, heard);
      assertThat(resting.next(SHORT)).isNull();
      assertThat(waiting.next(SHORT)).isNull();

      early(engine);
      toldOfClosing(others, resting);
      toldOfClosing(others, waiting);
    }
  }

  private static void early(AutoCloseable open) throws Exception {
    open.close();
  }

  private static void toldOfClosing(RawServer server, Heard heard) throws Exception {
    assertThat(heard.next())
        .isInstanceOfSatisfying(
            ElumentaException.class,
            e -> {
              assertThat(e)
                  .isInstanceOfAny(CallInterruptedException.class, OutcomeUnknownException.class)
                  .hasMessageContaining("because the client is closed");
              assertThat(e.execution()).isEqualTo(Execution.UNKNOWN);
            });
    assertThat(heard.wasDisturbed()).isFalse();
    assertThat(heard.next(SHORT)).isNull();
    assertThat(server.awaitClientGone(LONG)).isTrue();
  }

  @Test
  void whoeverCancelsWhileItTakesAnEventIsNotInterrupted() throws Exception {
    try (RawServer server = endless();
        ElumentaClient elumenta = client(server).build()) {
      Heard heard =
          new Heard(ALL) {
            @Override
            void takes(StreamEvent event) {
              cancels();
            }
          };
      elumenta.streamPublisher(prompt()).subscribe(heard);

      assertThat(heard.next()).isInstanceOf(StreamEvent.Started.class);
      assertThat(server.awaitClientGone(LONG)).isTrue();
      assertThat(heard.next(SHORT)).isNull();
      assertThat(heard.wasDisturbed()).isFalse();
      assertThat(server.requests()).isEqualTo(1);
    }
  }

  @Test
  void whoeverThrowsIsToldNoMore() throws Exception {
    try (RawServer server = endless();
        ElumentaClient elumenta = client(server).build()) {
      Heard heard =
          new Heard(ALL) {
            @Override
            void takes(StreamEvent event) {
              throw new IllegalStateException("the disk is full");
            }
          };
      elumenta.streamPublisher(prompt()).subscribe(heard);

      assertThat(server.awaitClientGone(LONG)).isTrue();
      assertThat(heard.next(SHORT)).isNull();
      assertThat(server.requests()).isEqualTo(1);
    }
  }

  @ParameterizedTest
  @ValueSource(longs = {0, -1, Long.MIN_VALUE})
  void askingForLessThanOneEventEndsAStreamThatIsWaitedFor(long less) throws Exception {
    try (RawServer server = RawServer.script(falling(START));
        ElumentaClient elumenta = client(server).build()) {
      Heard heard = Phase.WAITING.reached(server, elumenta);

      heard.asksFor(less);

      assertThat(heard.next()).isInstanceOf(IllegalArgumentException.class);
      assertThat(server.awaitClientGone(LONG)).isTrue();
    }
  }

  /** At any moment, from any thread: cancelled, asked, or its client closed. */
  @Test
  void nothingIsLeftOfStreamsThatEndAtAnyMoment() throws Exception {
    try (RawServer server = endless()) {
      List<Heard> subscribers = new ArrayList<>();
      for (int client = 0; client < 3; client++) {
        try (ElumentaClient elumenta = client(server).build()) {
          for (int i = 0; i < 20; i++) {
            Heard heard = Heard.from(elumenta.streamPublisher(prompt()), 1 + i % 3);
            subscribers.add(heard);
            Thread asking = new Thread(() -> asksUntilItsEnd(heard));
            asking.start();
            LockSupport.parkNanos(
                ThreadLocalRandom.current().nextLong(TimeUnit.MILLISECONDS.toNanos(3)));
            if (i % 4 != 0) {
              heard.cancels();
              heard.cancels();
            }
            asking.join();
          }
        }
      }
      assertThat(server.connections() == 0 || server.awaitClientGone(LONG)).isTrue();
      assertThat(server.requests()).isLessThanOrEqualTo(subscribers.size());
      assertThat(subscribers).noneMatch(Heard::wasDisturbed);
    }
  }

  private static void asksUntilItsEnd(Heard heard) {
    for (int i = 0; i < 50; i++) {
      heard.asksFor(1);
    }
  }
}
