package ru.elumenta.client.internal.stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import ru.elumenta.client.internal.stream.EventParser.TooLongException;

class EventParserTest {
  private static final int PLENTY = 1 << 20;

  /** All events in a text that arrives in pieces of a size. */
  private static List<SentEvent> parsed(byte[] bytes, int size) throws TooLongException {
    EventParser parser = new EventParser(PLENTY);
    List<SentEvent> events = new ArrayList<>();
    for (int at = 0; at < bytes.length; at += size) {
      ByteBuffer piece = ByteBuffer.wrap(bytes, at, Math.min(size, bytes.length - at));
      for (SentEvent e = parser.next(piece); e != null; e = parser.next(piece)) {
        events.add(e);
      }
    }
    SentEvent last = parser.last();
    if (last != null) {
      events.add(last);
    }
    return events;
  }

  private static List<SentEvent> parsed(String text) throws TooLongException {
    return parsed(text.getBytes(StandardCharsets.UTF_8), PLENTY);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      ignoreLeadingAndTrailingWhitespace = false,
      nullValues = "none",
      value = {
        "data: x~~|x",
        "data:x~~|x",
        "data:  x ~~| x ",
        "data~~|''",
        "data: ~~|''",
        "data: a~data: b~~|a~b",
        "data~data~~|~",
        "~~data: x~~|x",
        ": comment~data: x~:~~|x",
        "id: 1~retry: 5~data: x~other: y~~|x",
        "Data: no~data: x~ data: no~~|x",
        "data: x|x",
        "data: x~|x",
        "event: a~~|none",
        ":~~|none",
        "~~~|none"
      })
  void anEventIsWhatItsDataLinesSay(String text, String data) throws TooLongException {
    List<SentEvent> events = parsed(text.replace('~', '\n'));

    assertThat(events)
        .extracting(SentEvent::data)
        .isEqualTo(data == null ? List.of() : List.of(data.replace('~', '\n')));
  }

  @Test
  void theNameOfAnEventIsItsOwn() throws TooLongException {
    assertThat(parsed("event: a\ndata: 1\n\ndata: 2\n\nevent: lost\n\ndata: 3\n\n"))
        .containsExactly(
            new SentEvent("a", "1"), new SentEvent(null, "2"), new SentEvent(null, "3"));
  }

  @Test
  void aByteOrderMarkCountsAtTheBeginningOnly() throws TooLongException {
    assertThat(parsed("\uFEFFdata: \uFEFF1\n\n\uFEFFdata: 2\n\n"))
        .containsExactly(new SentEvent(null, "\uFEFF1"));
  }

  @ParameterizedTest
  @CsvSource({"16, true", "17, false"})
  void anEventAndAnyLineHaveAGreatestLength(int bytes, boolean isRead) {
    for (String text :
        List.of(
            "data: " + "x".repeat(bytes - 6),
            ":" + "x".repeat(bytes - 1),
            "data: x\ndata: " + "x".repeat(bytes - 13))) {
      EventParser parser = new EventParser(16);
      ByteBuffer buffer = ByteBuffer.wrap((text + "\n\n").getBytes(StandardCharsets.UTF_8));
      if (isRead) {
        assertThat(readable(parser, buffer)).isTrue();
      } else {
        assertThatThrownBy(() -> parser.next(buffer))
            .isInstanceOf(TooLongException.class)
            .hasMessage("has an event longer than the 16 bytes this client accepts");
      }
    }
  }

  private static boolean readable(EventParser parser, ByteBuffer buffer) {
    try {
      parser.next(buffer);
      return true;
    } catch (TooLongException e) {
      return false;
    }
  }

  // However it is cut, and whatever ends its lines

  @Provide
  Arbitrary<List<String>> lines() {
    Arbitrary<String> text =
        Arbitraries.of("a", "й", "€", "🌊", ":", " ", "{", "}", "\"", "	")
            .list()
            .ofMaxSize(12)
            .map(each -> String.join("", each));
    return Arbitraries.oneOf(
            text.map(t -> "data: " + t),
            text.map(t -> "data:" + t),
            text.map(t -> ":" + t),
            text.map(t -> "id:" + t),
            Arbitraries.of("", "", "data", "event: x", "retry: 3"))
        .list()
        .ofMaxSize(30);
  }

  @Property
  void cutsAndLineEndsChangeNothing(
      @ForAll("lines") List<String> lines,
      @ForAll @IntRange(min = 1, max = 9) int piece,
      @ForAll @Size(30) List<@IntRange(max = 2) Integer> ends)
      throws TooLongException {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < lines.size(); i++) {
      boolean isFeedNext =
          i + 1 < lines.size() && lines.get(i + 1).isEmpty() && ends.get(i + 1) == 1;
      int end = ends.get(i) == 2 && isFeedNext ? 0 : ends.get(i); // a CR and a LF are one end
      text.append(lines.get(i)).append(List.of("\r\n", "\n", "\r").get(end));
    }
    byte[] bytes = text.toString().getBytes(StandardCharsets.UTF_8);

    assertThat(parsed(bytes, piece)).extracting(SentEvent::data).isEqualTo(byTheStandard(lines));
  }

  /** What the lines mean, told the other way round: from whole blocks of lines. */
  private static List<String> byTheStandard(List<String> lines) {
    List<List<String>> blocks = new ArrayList<>(List.of(new ArrayList<>()));
    for (String line : lines) {
      if (line.isEmpty()) {
        blocks.add(new ArrayList<>());
      } else {
        blocks.get(blocks.size() - 1).add(line);
      }
    }
    return blocks.stream()
        .map(block -> block.stream().filter(line -> line.matches("data(:.*)?")).toList())
        .filter(data -> !data.isEmpty())
        .map(
            data ->
                data.stream()
                    .map(line -> line.replaceFirst("^data:? ?", ""))
                    .collect(Collectors.joining("\n")))
        .toList();
  }
}
