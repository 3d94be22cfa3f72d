package ru.elumenta.examples;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Supplier;
import ru.elumenta.client.ElumentaClient;
import ru.elumenta.client.ElumentaSession;
import ru.elumenta.client.SessionStores;
import ru.elumenta.client.model.GenerationRequest;
import ru.elumenta.client.session.SessionStore;
import ru.elumenta.error.ElumentaException;
import ru.elumenta.examples.EmbeddedService.Answer;

/**
 * Shows a user session from login to logout, kept in a file, against a server on this machine: no
 * account, no password.
 */
public final class Sessions {
  private static final String ROW = "%-34s  %-72s  %8s%n";

  private static final Answer LOGGED_IN = Answer.of(200, "auth", "session");
  private static final Answer RENEWED = Answer.of(200, "auth", "refreshed-tokens");
  private static final Answer LOGGED_OUT = Answer.of(200, "auth", "logged-out");
  private static final Answer EXPIRED = Answer.of(401, "errors", "token-expired");
  private static final Answer REFUSED = Answer.of(401, "errors", "not-authenticated");
  private static final Answer UNAVAILABLE = Answer.of(503, "errors", "model-unavailable");
  private static final Answer IMAGE = Answer.of(200, "generations", "completed-image");

  private final EmbeddedService service;
  private final SessionStore store;

  private Sessions(EmbeddedService service, SessionStore store) {
    this.service = service;
    this.store = store;
  }

  /** Runs it, with a file that is deleted afterwards. */
  public static void main(String[] args) throws IOException {
    Path folder = Files.createTempDirectory("elumenta-session");
    Path file = folder.resolve("session.json");
    try {
      run(file);
    } finally {
      Files.deleteIfExists(file);
      Files.deleteIfExists(folder.resolve("session.json.lock"));
      Files.delete(folder);
    }
  }

  static void run(Path file) {
    System.out.printf(ROW, "what happens", "outcome", "requests");
    try (EmbeddedService service = new EmbeddedService()) {
      Sessions example = new Sessions(service, SessionStores.file(file));
      example.untilTheProcessEnds();
      example.afterARestart();
    }
  }

  private ElumentaSession session() {
    return ElumentaSession.builder().baseUrl(service.url()).store(store).build();
  }

  private void untilTheProcessEnds() {
    try (ElumentaSession session = session();
        ElumentaClient elumenta = session.client().build()) {
      row("nobody is logged in", () -> generate(elumenta));
      row("log in", () -> login(session), LOGGED_IN);
      row("generate an image", () -> generate(elumenta), IMAGE);
      row("the access token has expired", () -> generate(elumenta), EXPIRED, RENEWED, IMAGE);
    }
  }

  private void afterARestart() {
    try (ElumentaSession session = session();
        ElumentaClient elumenta = session.client().build()) {
      if (!session.loggedIn()) {
        throw new IllegalStateException("The session should have been in the file.");
      }
      row("another process goes on with it", () -> generate(elumenta), IMAGE);
      row("it cannot be renewed now", () -> generate(elumenta), EXPIRED, UNAVAILABLE);
      row("the next call renews it", () -> generate(elumenta), RENEWED, IMAGE);
      row("the refresh token is refused", () -> generate(elumenta), EXPIRED, REFUSED);
      row("nobody has logged in since", () -> generate(elumenta));
      row("log in again", () -> login(session), LOGGED_IN);
      row("generate an image", () -> generate(elumenta), IMAGE);
      row("log out", () -> logout(session), LOGGED_OUT);
    }
  }

  private static String login(ElumentaSession session) {
    return "user "
        + session.login("user@example.com", "a long password").user().orElseThrow().getId();
  }

  private static String logout(ElumentaSession session) {
    session.logout();
    return session.loggedIn() ? "still logged in" : "the tokens are gone";
  }

  private static String generate(ElumentaClient elumenta) {
    return Outcome.of(
        elumenta.generate(
            new GenerationRequest().model("dall-e-3").prompt("A lighthouse at dusk")));
  }

  /** Prints what came of a step, and how many requests reached the server in it. */
  private void row(String name, Supplier<String> step, Answer... answers) {
    service.willAnswer(List.of(answers));
    String outcome;
    try {
      outcome = step.get();
    } catch (ElumentaException e) {
      outcome = Outcome.of(e);
    }
    System.out.printf(ROW, name, outcome, service.requests());
  }
}
