package ru.elumenta.client.journal;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Hashes of a prompt by which a text that the service shows can be recognised, also if it writes it
 * a little differently or cuts it short. How the history records prompts is not documented.
 * Immutable.
 *
 * @param exact of the prompt, but for white space at its ends
 * @param normal of its {@link NormalText}: without white space, entities and forms of Unicode
 * @param beginnings of the first 32, 64, 128, 256, 512 and 1024 characters of the same, as far as
 *     it is that long; not of fewer, which could be guessed one after the other
 */
public record PromptFingerprint(String exact, String normal, List<String> beginnings) {
  private static final int[] LENGTHS = {32, 64, 128, 256, 512, 1024};

  /** How far a shown text is that of a prompt. */
  public enum Likeness {
    /** To the letter. */
    SAME,
    /** But for line ends, white space, entities and forms of Unicode. */
    REWRITTEN,
    /** It begins the same, or is too short to tell. */
    PERHAPS,
    /** As far as is known it is another. No proof: it may be rewritten in yet another way. */
    OTHER
  }

  /** Checks and copies the members. */
  public PromptFingerprint {
    Objects.requireNonNull(exact, "exact");
    Objects.requireNonNull(normal, "normal");
    beginnings = List.copyOf(beginnings);
    if (beginnings.size() > LENGTHS.length) {
      throw new IllegalArgumentException("There are more hashes than a prompt has.");
    }
  }

  /** Returns that of a prompt. */
  public static PromptFingerprint of(String prompt) {
    String normal = NormalText.of(prompt);
    List<String> beginnings = new ArrayList<>();
    for (int length : LENGTHS) {
      if (length <= normal.length()) {
        beginnings.add(Hashes.ofText(normal.substring(0, length)));
      }
    }
    return new PromptFingerprint(Hashes.ofText(prompt.strip()), Hashes.ofText(normal), beginnings);
  }

  /** Compares with what the service shows; of nothing shown, nothing can be said. */
  public Likeness compare(@Nullable String shown) {
    if (shown == null || shown.isBlank()) {
      return Likeness.PERHAPS;
    }
    if (exact.equals(Hashes.ofText(shown.strip()))) {
      return Likeness.SAME;
    }
    String text = NormalText.of(shown);
    if (normal.equals(Hashes.ofText(text))) {
      return Likeness.REWRITTEN;
    }
    int cut = text.indexOf(NormalText.ELLIPSIS); // at the end, or in the middle
    boolean isCut = cut >= 0;
    return mayBeCut(text, isCut) || (isCut && mayBeCut(text.substring(0, cut), true))
        ? Likeness.PERHAPS
        : Likeness.OTHER;
  }

  private boolean mayBeCut(String shown, boolean saysSo) {
    String text =
        shown.endsWith(NormalText.ELLIPSIS)
            ? shown.substring(0, shown.length() - NormalText.ELLIPSIS.length())
            : shown;
    int longest = -1;
    for (int i = 0; i < beginnings.size() && LENGTHS[i] <= text.length(); i++) {
      longest = i;
    }
    if (longest < 0) { // one of the two is too short to tell
      return text.length() < LENGTHS[0] && (saysSo || !beginnings.isEmpty());
    }
    return beginnings.get(longest).equals(Hashes.ofText(text.substring(0, LENGTHS[longest])));
  }

  String[] hashes() {
    List<String> all = new ArrayList<>(List.of(exact, normal));
    all.addAll(beginnings);
    return all.toArray(String[]::new);
  }

  static PromptFingerprint ofHashes(String... hashes) {
    if (hashes.length < 2) {
      throw new IllegalArgumentException("There are fewer hashes than a prompt has.");
    }
    return new PromptFingerprint(
        hashes[0], hashes[1], Arrays.asList(hashes).subList(2, hashes.length));
  }

  /** Shows no hash. */
  @Override
  public String toString() {
    return "PromptFingerprint";
  }
}
