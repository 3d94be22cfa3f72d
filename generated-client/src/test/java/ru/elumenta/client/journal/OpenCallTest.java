package ru.elumenta.client.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.api.Test;
import ru.elumenta.client.journal.OpenCall.State;

class OpenCallTest {
  @Property(tries = 300)
  void itsTextIsOneLineAndReadsTheSame(
      @ForAll String model,
      @ForAll String prompt,
      @ForAll String name,
      @ForAll @LongRange(min = 0, max = 4_000_000_000_000L) long millis) {
    OpenCall call =
        OpenCall.of(
                "createGeneration",
                model,
                RequestFingerprint.of(Map.of("prompt", prompt, name, prompt, "size", "512x512")),
                Instant.ofEpochMilli(millis).plusNanos(millis % 1000),
                Duration.ofMillis(-millis))
            .sentAgain(Instant.ofEpochMilli(millis + 1));

    assertThat(call.encoded()).doesNotContain("\n", "\r");
    assertThat(OpenCall.decode(call.encoded())).isEqualTo(call).hasSameHashCodeAs(call);
    assertThat(OpenCall.decode(call.lost(Calls.NOW).encoded())).isEqualTo(call.lost(Calls.NOW));
  }

  @Test
  void whatIsNotKnownIsEmpty() {
    OpenCall call =
        OpenCall.of("transcribe", null, RequestFingerprint.of(Map.of()), Calls.NOW, null);
    OpenCall read = OpenCall.decode(call.encoded());

    assertThat(read).isEqualTo(call);
    assertThat(read.model()).isEmpty();
    assertThat(read.request().prompt()).isEmpty();
    assertThat(read.byService(Calls.NOW)).isEmpty();
    assertThat(read.withClockSkew(Duration.ofSeconds(5)).byService(Calls.NOW))
        .contains(Calls.NOW.plusSeconds(5));
  }

  @Test
  void itTravelsWithAnExceptionThatIsSerialized() throws Exception {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
      out.writeObject(Calls.image());
      out.writeObject(Calls.image().lost(Calls.NOW));
    }
    try (ObjectInputStream in =
        new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray()))) {
      assertThat(((OpenCall) in.readObject()).request()).isEqualTo(Calls.image().request());
      assertThat(((OpenCall) in.readObject()).lostAt()).isEqualTo(Optional.of(Calls.NOW));
    }
  }

  @Test
  void neitherItsTextNorItsStringShowsThePrompt() {
    OpenCall call = Calls.image();
    assertThat(call.encoded()).doesNotContain("lighthouse", "gulls");
    assertThat(call.toString())
        .contains(call.id(), "createGeneration", "dall-e-3", "size=1024x1024", "UNDER_WAY")
        .doesNotContain("lighthouse", call.request().whole());
  }

  @Test
  void aTextThatIsAnythingElseIsRefusedWithoutShowingIt() {
    String text = Calls.image().encoded();
    for (String other :
        new String[] {
          null,
          "",
          "null",
          "secret",
          "[]",
          "{}",
          text.substring(1),
          text.substring(0, 80),
          text.replace("2026", "secret"),
          text.replace("UNDER_WAY", "secret"),
          text.replace("\"attempts\":1", "\"attempts\":0"),
          text.replace("\"whole\"", "\"x\"")
        }) {
      assertThatThrownBy(() -> OpenCall.decode(other))
          .as(other)
          .isInstanceOf(IllegalArgumentException.class)
          .message()
          .doesNotContain("secret");
    }
  }

  @Test
  void aMemberThatALaterReleaseAddsIsPassedOverAndALaterVersionIsNot() {
    OpenCall call = Calls.image();
    String text = call.encoded();

    assertThat(OpenCall.decode(text.replaceFirst("\\{", "{\"colour\":{\"a\":1},"))).isEqualTo(call);
    assertThatThrownBy(() -> OpenCall.decode(text.replace("\"version\":1", "\"version\":2")))
        .isInstanceOf(JournalException.class)
        .hasMessageContaining("its form is 2, and this one reads up to 1")
        .hasMessageContaining("Nothing was sent");
  }

  @Test
  void aLostCallStaysLostWhenItsProcessEnds() {
    OpenCall lost = Calls.image().lost(Calls.NOW);
    assertThat(lost.abandoned()).isEqualTo(lost);
    assertThat(Calls.image().abandoned().state()).isEqualTo(State.ABANDONED);
  }
}
