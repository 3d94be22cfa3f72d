package ru.elumenta.client.internal.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static ru.elumenta.client.internal.transport.Streams.HEAD;
import static ru.elumenta.client.internal.transport.Streams.LONG;
import static ru.elumenta.client.internal.transport.Streams.START;
import static ru.elumenta.client.internal.transport.Streams.client;
import static ru.elumenta.client.internal.transport.Streams.delta;
import static ru.elumenta.client.internal.transport.Streams.event;
import static ru.elumenta.client.internal.transport.Streams.falling;
import static ru.elumenta.client.internal.transport.Streams.prompt;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import ru.elumenta.client.ElumentaClient;
import ru.elumenta.client.GenerationStream;
import ru.elumenta.client.StreamEvent;
import ru.elumenta.client.options.StreamOptions;

/** Long streams, slow readers, and many streams at once. */
class LongStreamTest {
  private static final int EVENTS = 1_000_000;
  private static final int AT_ONCE = 200;
  private static final long MEBIBYTE = 1L << 20;

  private static long usedMemory() {
    System.gc();
    return Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory();
  }

  /** A server that sends so many events as fast as they are read, and tells when it has. */
  private static RawServer sending(int events, CountDownLatch sent) throws Exception {
    String thousand = delta("a").repeat(1000);
    return RawServer.script(
        conn -> {
          conn.readRequest();
          conn.write(HEAD + START);
          for (int i = 0; i < events / 1000; i++) {
            conn.write(thousand);
          }
          conn.write(event("{\"type\":\"generation_end\"}"));
          sent.countDown();
          conn.close();
        });
  }

  @Test
  void aMillionEventsTakeTheMemoryOfTheirText() throws Exception {
    CountDownLatch sent = new CountDownLatch(1);
    try (RawServer server = sending(EVENTS, sent);
        ElumentaClient elumenta = client(server).build();
        GenerationStream stream = elumenta.stream(prompt())) {
      Iterator<StreamEvent> events = stream.iterator();
      assertThat(events.next()).isInstanceOf(StreamEvent.Started.class);
      long before = usedMemory();

      for (int i = 0; i < EVENTS; i++) {
        assertThat(events.next() instanceof StreamEvent.Delta).isTrue();
      }

      long grown = usedMemory() - before;
      assertThat(grown).isLessThan(16 * MEBIBYTE);
      assertThat(stream.result().text()).hasSize(EVENTS);
      assertThat(server.requests()).isEqualTo(1);
    }
  }

  @Test
  void withoutItsTextAStreamTakesNoMemoryHoweverLongItIs() throws Exception {
    try (RawServer server = sending(EVENTS, new CountDownLatch(1));
        ElumentaClient elumenta =
            client(server).streaming(StreamOptions.defaults().withoutText()).build();
        GenerationStream stream = elumenta.stream(prompt())) {
      Iterator<StreamEvent> events = stream.iterator();
      events.next();
      long before = usedMemory();

      for (int i = 0; i < EVENTS; i++) {
        assertThat(events.next()).isEqualTo(new StreamEvent.Delta("a"));
      }

      assertThat(usedMemory() - before).isLessThan(MEBIBYTE);
      assertThat(stream.result().text()).isEmpty();
      assertThat(server.requests()).isEqualTo(1);
    }
  }

  @Test
  void aSlowReaderHoldsTheServerBack() throws Exception {
    CountDownLatch sent = new CountDownLatch(1);
    try (RawServer server = sending(EVENTS, sent); // some 45 MB, beyond what sockets buffer
        ElumentaClient elumenta = client(server).build();
        GenerationStream stream = elumenta.stream(prompt())) {
      stream.iterator().next();
      assertThat(sent.await(1, TimeUnit.SECONDS))
          .as("all was sent to a reader that waits")
          .isFalse();

      assertThat(stream.result().text()).hasSize(EVENTS);
      assertThat(sent.await(LONG.toSeconds(), TimeUnit.SECONDS)).isTrue();
      assertThat(server.requests()).isEqualTo(1);
    }
  }

  @Test
  void anOpenStreamHoldsNoThread() throws Exception {
    try (RawServer server = RawServer.script(falling(START));
        ElumentaClient elumenta = client(server).build()) {
      List<GenerationStream> open = new ArrayList<>();
      for (int i = 0; i < AT_ONCE; i++) {
        open.add(elumenta.stream(prompt()));
      }
      long threads =
          Thread.getAllStackTraces().keySet().stream()
              .filter(thread -> thread.getName().startsWith("elumenta-"))
              .count();

      assertThat(threads).as("threads for %d streams", AT_ONCE).isLessThan(20);
      open.forEach(GenerationStream::close);
      assertThat(server.awaitClientGone(LONG)).isTrue();
      assertThat(server.requests()).isEqualTo(AT_ONCE);
    }
  }
}
