package ru.elumenta.client.event;

import java.time.Duration;
import java.util.Objects;

/**
 * What a look-up of a lost call came to.
 *
 * @param took how long it looked
 * @param finding what it found
 */
public record LookUpEnd(Duration took, Finding finding) {
  /** What a look-up may find. */
  public enum Finding {
    /** The result of the call. */
    FOUND,
    /** That the call ran, and no result that can be read. */
    RAN,
    /** Generations that may be its own. */
    PERHAPS,
    /** Nothing that could be its own. */
    NOT_SHOWN,
    /** Nothing that can be told, or the look-up itself failed. */
    UNCLEAR
  }

  /** Creates the report. */
  public LookUpEnd {
    Objects.requireNonNull(took, "took");
    Objects.requireNonNull(finding, "finding");
  }
}
