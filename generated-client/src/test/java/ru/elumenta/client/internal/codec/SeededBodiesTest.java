package ru.elumenta.client.internal.codec;

import static org.assertj.core.api.Assertions.assertThat;

import feign.Request;
import feign.Response;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import ru.elumenta.client.model.Generation;
import ru.elumenta.client.model.HistoryPage;

/**
 * Seeded bodies of all kinds; {@code -Delumenta.bodies=1000000} tries as many. A body that is JSON
 * is read, with everything that the caller came for; one that is none fails in the codec's own way.
 */
class SeededBodiesTest {
  private static final int BODIES = Integer.getInteger("elumenta.bodies", 3_000);
  private static final int LONG = 2_000_000;
  private static final long MOST_CPU_SECONDS = 10;
  private static final double MOST_GROWTH = 30;
  private static final int ROUNDS = 4;

  private static final JsonCodec CODEC = new JsonCodec();

  @Test
  void noBodyThatIsJsonLosesIdStatusOrResult() throws IOException {
    for (long seed = 0; seed < BODIES; seed++) {
      SeededBody body = new SeededBody(new Random(seed));
      String text = body.generation();

      Generation read = (Generation) decode(text, Generation.class);

      assertThat(read.identity().map(Object::toString)).as("%d: %s", seed, text).contains(body.id);
      assertThat(read.getStatus().value()).as("%d: %s", seed, text).isEqualTo(body.status);
      assertThat(read.fileUrl().or(read::text)).as("%d: %s", seed, text).contains(body.result);
      assertThat(read.receivedBody()).contains(text);
    }
  }

  @Test
  void noRowOfAPageIsLostToItsNeighbours() throws IOException {
    for (long seed = 0; seed < BODIES / 10; seed++) {
      SeededBody one = new SeededBody(new Random(seed));
      SeededBody other = new SeededBody(new Random(~seed));
      String text =
          "{\"items\":[%s,%s,%s]}"
              .formatted(
                  one.generation(), one.junk(2).replaceFirst("^\\{.*", "7"), other.generation());

      HistoryPage page = (HistoryPage) decode(text, HistoryPage.class);

      assertThat(page.getItems())
          .as("%d: %s", seed, text)
          .extracting(row -> row.identity().map(Object::toString).orElse(null))
          .containsExactly(one.id, other.id);
    }
  }

  @Test
  void aBrokenBodyFailsInNoOtherWayThanOurs() throws IOException {
    int unreadable = 0;
    for (long seed = 0; seed < BODIES; seed++) {
      Random random = new Random(seed);
      byte[] bytes = new SeededBody(random).generation().getBytes(StandardCharsets.UTF_8);
      int place = random.nextInt(bytes.length);
      if (random.nextBoolean()) {
        bytes = java.util.Arrays.copyOf(bytes, place);
      } else {
        bytes[place] = (byte) random.nextInt();
      }
      try {
        decode(bytes, Generation.class);
      } catch (UnreadableBodyException ours) {
        unreadable++;
      }
    }
    assertThat(unreadable).isGreaterThan(BODIES / 4);
  }

  /** What takes the square of its length, all memory or all stack if it is read without care. */
  enum Hostile {
    LONG_INTEGER("\"x\":", "7", ""),
    LONG_INTEGER_FOR_A_NUMBER("\"duration\":", "7", ""),
    LONG_INTEGER_AS_TEXT("\"tokens_spent\":\"", "7", "\""),
    LONG_FRACTION("\"x\":0.", "7", ""),
    LARGE_EXPONENT(
        "\"x\":1e9999999,\"id\":1e999999999,\"duration\":1e99999999,\"y\":[", "1,", "1]"),
    DEEP_LISTS("\"x\":", "[", null),
    DEEP_LISTS_IN_A_MEMBER("\"thumbnail_url\":", "[", null),
    DEEP_OBJECTS("\"result_metadata\":", "{\"a\":", null),
    MANY_PARTS("\"content\":[", "{\"type\":\"text\",\"text\":\"a\"},", "{}]"),
    SAME_MEMBER("", "\"duration\":\"5s\",", "\"duration\":\"5s\""),
    ESCAPES("\"thumbnail_url\":\"", "\\u0041", "\"");

    private final String head;
    private final String piece;
    private final String tail;

    Hostile(String head, String piece, String tail) {
      this.head = head;
      this.piece = piece;
      this.tail = tail;
    }

    String body(int characters) {
      int count = characters / piece.length();
      String end =
          tail != null ? tail : piece.equals("[") ? "]".repeat(count) : "1" + "}".repeat(count);
      return "{\"status\":\"completed\",%s%s%s,\"result_url\":\"https://f/1\",\"id\":18473}"
          .formatted(head, piece.repeat(count), end);
    }
  }

  @ParameterizedTest
  @EnumSource
  void aHostileBodyIsReadWithAllThatTheCallerCameFor(Hostile hostile) throws IOException {
    Generation read = (Generation) decode(hostile.body(LONG), Generation.class);

    assertThat(read.getId()).hasToString("18473");
    assertThat(read.fileUrl()).contains("https://f/1");
    assertThat(read.toString()).contains("completed");
    assertThat(read.hashCode()).isEqualTo(read.hashCode());
    assertThat(JsonCodec.membersOf(read)).containsKey("status");
  }

  /** Eight times the length takes eight times the work, with noise; the square of it takes 64. */
  @ParameterizedTest
  @EnumSource
  void aHostileBodyIsReadInLinearTime(Hostile hostile) throws IOException {
    String shorter = hostile.body(LONG / 8);
    String longer = hostile.body(LONG);
    long ofShorter = Long.MAX_VALUE;
    long ofLonger = Long.MAX_VALUE;
    for (int round = 0; round < ROUNDS; round++) {
      ofShorter = Math.min(ofShorter, nanosToRead(shorter));
      ofLonger = Math.min(ofLonger, nanosToRead(longer));
    }
    assertThat(ofLonger).isLessThan(MOST_CPU_SECONDS * 1_000_000_000);
    assertThat((double) ofLonger / ofShorter)
        .as("%d ns for %d characters, %d for %d", ofShorter, LONG / 8, ofLonger, LONG)
        .isLessThan(MOST_GROWTH);
  }

  private static long nanosToRead(String text) throws IOException {
    long before = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
    Generation read = (Generation) decode(text, Generation.class);
    read.toString();
    read.hashCode();
    JsonCodec.membersOf(read);
    return ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime() - before;
  }

  private static Object decode(String text, Class<?> type) throws IOException {
    return decode(text.getBytes(StandardCharsets.UTF_8), type);
  }

  private static Object decode(byte[] bytes, Class<?> type) throws IOException {
    return CODEC.decode(
        Response.builder()
            .status(200)
            .request(
                Request.create(
                    Request.HttpMethod.GET, "http://localhost", Map.of(), null, null, null))
            .body(bytes)
            .build(),
        type);
  }
}
