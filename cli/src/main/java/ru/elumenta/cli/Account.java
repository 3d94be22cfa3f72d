package ru.elumenta.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;
import ru.elumenta.client.ElumentaClient;
import ru.elumenta.client.ElumentaClientBuilder;
import ru.elumenta.client.ElumentaSession;
import ru.elumenta.client.SessionStores;
import ru.elumenta.client.journal.FileCallJournal;

/** Whose account is used, where the service is, and the options that every call has. */
final class Account {
  private static final String SESSION = "session.json";
  private static final String JOURNAL = "calls.journal";

  @Option(
      names = "--key",
      paramLabel = "KEY",
      description = "The API key. Others on this machine can see it: prefer --key-file.")
  private @Nullable String key;

  @Option(
      names = "--key-file",
      paramLabel = "FILE",
      description = "A file whose first line is the API key; also ELUMENTA_KEY_FILE.")
  private @Nullable Path keyFile;

  @Option(
      names = "--base-url",
      paramLabel = "URL",
      description = "Where the service is; also ELUMENTA_BASE_URL.")
  private @Nullable String baseUrl;

  private final Surroundings around;

  Account(Surroundings around) {
    this.around = around;
  }

  /** Opens a client for reads and other calls that cost nothing. */
  ElumentaClient client() {
    return builder().build();
  }

  /** Opens a client whose paid calls are written down before they leave, with their journal. */
  PaidClient paidClient() {
    return paidClient(builder -> builder);
  }

  /** Opens a client for calls that may take as long as told. */
  PaidClient paidClient(Duration callTimeout) {
    return paidClient(builder -> builder.attemptTimeout(callTimeout).callTimeout(callTimeout));
  }

  private PaidClient paidClient(UnaryOperator<ElumentaClientBuilder> change) {
    ElumentaClientBuilder builder = change.apply(builder());
    FileCallJournal journal = FileCallJournal.at(homeFolder().resolve(JOURNAL));
    try {
      return new PaidClient(builder.journal(journal).build(), journal);
    } catch (RuntimeException e) {
      journal.close();
      throw e;
    }
  }

  /** Opens the session that {@code elumenta login} keeps. */
  ElumentaSession session() {
    var builder = ElumentaSession.builder().store(SessionStores.file(sessionFile()));
    String url = baseUrl();
    return (url == null ? builder : builder.baseUrl(url)).timeSource(around.time()).build();
  }

  private ElumentaClientBuilder builder() {
    String found = key();
    ElumentaClientBuilder builder;
    if (found != null) {
      builder = ElumentaClient.builder().apiKey(found);
    } else if (Files.exists(sessionFile())) {
      return session().client().timeSource(around.time());
    } else {
      builder = ElumentaClient.builder().apiKey(askedKey());
    }
    String url = baseUrl();
    builder.timeSource(around.time());
    return url == null ? builder : builder.baseUrl(url);
  }

  private @Nullable String key() {
    if (key != null) {
      around
          .err()
          .println("Others on this machine can see the key in the list of processes: --key-file.");
      return key;
    }
    if (keyFile != null) {
      return keyIn(keyFile);
    }
    String inEnvironment = around.variable("ELUMENTA_API_KEY");
    if (inEnvironment != null) {
      return inEnvironment;
    }
    String file = around.variable("ELUMENTA_KEY_FILE");
    return file == null ? null : keyIn(Path.of(file));
  }

  private static String keyIn(Path file) {
    try {
      List<String> lines = Files.readAllLines(file);
      if (lines.isEmpty() || lines.get(0).isBlank()) {
        throw new UsageException("The first line of %s should be the API key, and is empty.", file);
      }
      return lines.get(0).strip();
    } catch (IOException e) {
      throw new UsageException("The key cannot be read from %s.", file);
    }
  }

  private String askedKey() {
    if (around.terminal().console() == null) {
      throw new UsageException(
          "No API key: set ELUMENTA_API_KEY, name a file with --key-file, or log in with elumenta"
              + " login. Nothing was sent.");
    }
    return Secret.ask(around, "API key: ");
  }

  private @Nullable String baseUrl() {
    return baseUrl == null ? around.variable("ELUMENTA_BASE_URL") : baseUrl;
  }

  private Path sessionFile() {
    return around.home().resolve(SESSION);
  }

  private Path homeFolder() {
    Path home = around.home();
    try {
      return Files.createDirectories(home);
    } catch (IOException e) {
      throw new UsageException(
          "The folder %s, in which paid calls are written down, cannot be made: %s. Nothing was"
              + " sent. ELUMENTA_HOME names another.",
          home, e.getMessage());
    }
  }
}
