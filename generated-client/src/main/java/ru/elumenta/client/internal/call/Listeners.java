package ru.elumenta.client.internal.call;

import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import ru.elumenta.client.event.CallListener;

/**
 * Tells all listeners of a client, in their order. What one throws ends here: what it is told of
 * may be paid for, and the others want to know as well. Called while no lock is held. Thread-safe.
 */
public final class Listeners {
  /** Loaded by the first warning, of which most applications see none. */
  private static final class Log {
    static final System.Logger OF_CLIENT = System.getLogger("ru.elumenta.client");
  }

  private final List<CallListener> listeners;
  private final Set<Integer> thrown = ConcurrentHashMap.newKeySet(); // places in the list

  /** Creates it. */
  public Listeners(List<CallListener> listeners) {
    this.listeners = List.copyOf(listeners);
  }

  /** Returns whether there is anybody to tell. */
  public boolean isEmpty() {
    return listeners.isEmpty();
  }

  /** Tells each. */
  public void tell(Consumer<CallListener> event) {
    for (int i = 0; i < listeners.size(); i++) { // no iterator for each event
      try {
        event.accept(listeners.get(i));
      } catch (Throwable e) {
        // An Error, too, would take the place of a paid result.
        if (thrown.add(i)) {
          warn(
              listeners.get(i).getClass().getName() + " has thrown; the call went on. Said once.",
              e);
        }
      }
    }
  }

  /** Says what the application's code has thrown and the client has passed over. */
  public static void warn(String sentence, Throwable e) {
    try {
      Log.OF_CLIENT.log(System.Logger.Level.WARNING, sentence, e);
    } catch (Throwable broken) {
      // So is the log.
    }
  }
}
