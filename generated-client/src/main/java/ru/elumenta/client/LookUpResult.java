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
   * The history, read as far back as it could show it, does not show it so far. That is no proof
   * that it did not run: rows come late.
   */
  record NotShown() implements LookUpResult {}

  /**
   * It cannot be told: the history cannot be understood, could not be read far enough back in one
   * look, or shows what may as well be another call's.
   *
   * @param because which it was, in a sentence
   */
  record Unclear(String because) implements LookUpResult {}

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
