package ru.elumenta.client;

import java.util.List;
import ru.elumenta.client.model.GenerationId;

/** What {@link ElumentaClient#lookUp} found. Immutable. */
public sealed interface LookUpResult {
  /**
   * It ran, and this is what it made.
   *
   * @param job the generation, to wait for or to read
   */
  record Found(GenerationJob job) implements LookUpResult {}

  /**
   * The history does not show it so far. That is no proof that it did not run: rows come late.
   *
   * @param isWhole whether the whole history could be read that may show it, and no other call
   *     contests what it shows
   */
  record NotShown(boolean isWhole) implements LookUpResult {}

  /**
   * There are generations that may be it, but none that certainly is.
   *
   * @param ids those of them that have one
   */
  record Several(List<GenerationId> ids) implements LookUpResult {
    /** Copies the list. */
    public Several {
      ids = List.copyOf(ids);
    }
  }
}
