package ru.elumenta.client.event;

import java.util.Objects;

/**
 * Something in a successful answer that is not as the contract says, and was read all the same. It
 * shows where, and nothing of what came.
 *
 * @param place a JSON pointer to the member, for example {@code /items/3/duration}
 * @param problem what is odd, for example {@code is a text where a number is documented}
 */
public record AnswerFinding(String place, String problem) {
  /** Creates a finding. */
  public AnswerFinding {
    Objects.requireNonNull(place, "place");
    Objects.requireNonNull(problem, "problem");
  }

  /** Shows the whole sentence. */
  @Override
  public String toString() {
    return place + " " + problem;
  }
}
