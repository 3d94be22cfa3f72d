package ru.elumenta.cli;

import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import ru.elumenta.client.model.GenerationId;

/**
 * Says at Ctrl-C what goes on running and how to come back to it. What was under way is in the
 * journal; the process then ends with 130, which is what the shell makes of an interrupt.
 */
final class Interruption implements AutoCloseable {
  private static final String BEING_SENT =
      "Interrupted while a paid request was under way. What became of it says: elumenta open";

  private final AtomicReference<@Nullable String> sentence = new AtomicReference<>();
  private final Thread hook;

  Interruption(Surroundings around) {
    hook =
        new Thread(
            () -> {
              String said = sentence.get();
              if (said != null) {
                around.err().printf("%n%s%n", said);
                around.err().flush();
              }
            },
            "elumenta-interrupted");
    Runtime.getRuntime().addShutdownHook(hook);
  }

  /** A paid request leaves, or may have left. */
  void paidRequest() {
    sentence.set(BEING_SENT);
  }

  /** A generation is known by its id. */
  void running(GenerationId id) {
    sentence.set(
        "Interrupted. Generation %s goes on running. Come back to it with: elumenta attach %s"
            .formatted(id, id));
  }

  /** A finished generation's file is downloaded. */
  void downloading(GenerationId id) {
    sentence.set(
        "Interrupted. Generation %s is finished; downloading it again costs nothing: elumenta"
                .formatted(id)
            + " download "
            + id);
  }

  @Override
  public void close() {
    sentence.set(null);
    try {
      Runtime.getRuntime().removeShutdownHook(hook);
    } catch (IllegalStateException e) {
      // The JVM is ending: the hook runs, and has nothing to say.
    }
  }
}
