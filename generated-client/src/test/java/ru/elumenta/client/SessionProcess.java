package ru.elumenta.client;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import ru.elumenta.client.model.Generation;
import ru.elumenta.client.session.LoginRequiredException;
import ru.elumenta.client.session.SessionStore;
import ru.elumenta.client.session.StoredSession;

/** A process of its own that makes one call with the session in a file, and may die in it. */
final class SessionProcess {
  /** When it dies. */
  enum Death {
    /** Not before its end. */
    NEVER,
    /** When it has received new tokens and not yet stored them. */
    BEFORE_STORING,
    /** When it has stored new tokens and not yet used them. */
    AFTER_STORING
  }

  private static final int KILLED = 137;

  private SessionProcess() {}

  /** Starts one; it writes what became of the call. */
  static Process start(String url, Path file, Death death) throws IOException {
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                SessionProcess.class.getName(),
                url,
                file.toString(),
                death.name()));
    return new ProcessBuilder(command).redirectErrorStream(true).start();
  }

  /** Waits for its end, and returns what it wrote and its exit value. */
  static String outcome(Process process) throws IOException, InterruptedException {
    String text = new String(process.getInputStream().readAllBytes());
    if (!process.waitFor(60, TimeUnit.SECONDS)) {
      process.destroyForcibly();
      throw new AssertionError("The process does not end.");
    }
    return text.strip() + (process.exitValue() == KILLED ? "killed" : "");
  }

  /** The process itself. */
  public static void main(String[] args) {
    Death death = Death.valueOf(args[2]);
    SessionStore store =
        new StoreAround(SessionStores.file(Path.of(args[1]))) {
          @Override
          public void write(StoredSession session) {
            if (death == Death.BEFORE_STORING) {
              Runtime.getRuntime().halt(KILLED);
            }
            super.write(session);
            if (death == Death.AFTER_STORING) {
              Runtime.getRuntime().halt(KILLED);
            }
          }
        };
    try (ElumentaSession session = ElumentaSession.builder().baseUrl(args[0]).store(store).build();
        ElumentaClient elumenta = session.client().build()) {
      Generation made = elumenta.generate(Samples.image());
      System.out.println(made.getStatus());
    } catch (LoginRequiredException e) {
      System.out.println(e.reason());
    }
  }
}
