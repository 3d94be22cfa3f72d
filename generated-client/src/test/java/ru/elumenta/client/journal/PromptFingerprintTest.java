package ru.elumenta.client.journal;

import static org.assertj.core.api.Assertions.assertThat;

import java.text.Normalizer;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import ru.elumenta.client.journal.PromptFingerprint.Likeness;

class PromptFingerprintTest {
  private static final String LONG = "A lighthouse at dusk with gulls above it. ".repeat(40);

  private static Likeness compare(String sent, String shown) {
    return PromptFingerprint.of(sent).compare(shown);
  }

  @ParameterizedTest
  @CsvSource({
    "A & B, A & B, SAME",
    "A & B, ' A & B ', SAME",
    "A & B, A &amp; B, REWRITTEN",
    "A & B, A &amp;amp; B, REWRITTEN",
    "'say \"hi\"', say &quot;hi&quot;, REWRITTEN",
    "it's, it&#39;s, REWRITTEN",
    "it's, it&#x27;s, REWRITTEN",
    "a  b, a b, REWRITTEN",
    "a b, a&nbsp;b, REWRITTEN",
    "a cat, a dog, OTHER",
    "a cat, a cat on a mat, OTHER",
    "a cat on a mat, a cat…, PERHAPS",
    "a cat on a mat, a ca...mat, PERHAPS",
    "a cat, &#9999999;, OTHER"
  })
  void aTextThatTheServiceShowsIsRecognised(String sent, String shown, Likeness likeness) {
    assertThat(compare(sent, shown)).isEqualTo(likeness);
  }

  @Test
  void lineEndsAndFormsOfUnicodeDoNotMatter() {
    String sent = "Café\r\nЙод\tﬁn\u200b";
    assertThat(compare(sent, Normalizer.normalize("Café\nЙод fin", Normalizer.Form.NFD)))
        .isEqualTo(Likeness.REWRITTEN);
  }

  @Test
  void ofNothingShownNothingCanBeSaid() {
    assertThat(compare("a cat", null)).isEqualTo(Likeness.PERHAPS);
    assertThat(compare("a cat", " ")).isEqualTo(Likeness.PERHAPS);
  }

  @Property(tries = 300)
  void aPromptCutAnywhereMayBeIt(
      @ForAll @IntRange(min = 1, max = 1600) int length, @ForAll boolean saysSo) {
    assertThat(compare(LONG, LONG.substring(0, length) + (saysSo ? "…" : "")))
        .isEqualTo(Likeness.PERHAPS);
  }

  @Property(tries = 300)
  void aPromptCutInTheMiddleMayBeIt(
      @ForAll @IntRange(min = 1, max = 700) int head,
      @ForAll @IntRange(min = 1, max = 700) int tail) {
    String shown = LONG.substring(0, head) + "..." + LONG.substring(LONG.length() - tail);
    assertThat(compare(LONG, shown)).isEqualTo(Likeness.PERHAPS);
  }

  @Property(tries = 300)
  void anotherLongTextIsAnother(@ForAll @IntRange(min = 0, max = 31) int at) {
    String other = LONG.substring(0, at) + "#" + LONG.substring(at + 1);
    assertThat(compare(LONG, other)).isEqualTo(Likeness.OTHER);
  }

  @Property(tries = 1000)
  void anyTextIsRecognisedAndNoneBreaksIt(
      @ForAll("texts") String sent, @ForAll("texts") String shown) {
    assertThat(compare(sent, sent)).isIn(Likeness.SAME, Likeness.PERHAPS);
    assertThat(compare(sent, sent + "\r\n\t")).isIn(Likeness.SAME, Likeness.PERHAPS);
    if (!sent.isBlank()) {
      String escaped = sent.replace("&", "&amp;").replace("<", "&lt;").replace("\n", "\r\n");
      assertThat(compare(sent, escaped)).isNotEqualTo(Likeness.OTHER);
    }
    assertThat(compare(sent, shown)).isNotNull();
  }

  @Provide
  Arbitrary<String> texts() {
    return Arbitraries.oneOf(
        Arbitraries.strings().ofMaxLength(80),
        Arbitraries.of("&", "amp;", "&amp;", "&#38;", "<", "…", "...", "\n", " ", "é", "\ud83d")
            .list()
            .ofMaxSize(20)
            .map(parts -> String.join("", parts)));
  }

  @Test
  void noBeginningIsKeptThatCouldBeGuessedBitByBit() {
    assertThat(PromptFingerprint.of("a".repeat(31)).beginnings()).isEmpty();
    assertThat(PromptFingerprint.of("a".repeat(2000)).beginnings()).hasSize(6);
    assertThat(PromptFingerprint.of(LONG)).hasToString("PromptFingerprint");
    assertThat(List.of(PromptFingerprint.of(LONG).hashes()))
        .allSatisfy(hash -> assertThat(hash).hasSize(22));
  }
}
