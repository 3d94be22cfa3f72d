package ru.elumenta.cli;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;
import ru.elumenta.client.Download;
import ru.elumenta.client.ElumentaCalls;
import ru.elumenta.client.model.Generation;
import ru.elumenta.client.model.GenerationId;

/** Gives the result of a generation: its text or file, and as JSON what is known of it. */
final class ResultOutput {
  /** What Windows takes for a device, whatever ending it has. */
  private static final Pattern DEVICE =
      Pattern.compile("CON|PRN|AUX|NUL|(COM|LPT)[0-9]", Pattern.CASE_INSENSITIVE);

  @Option(
      names = {"-o", "--output"},
      paramLabel = "FILE|DIR",
      description = "Where the result goes. An existing file is left as it is.")
  private @Nullable Path output;

  @Option(names = "--json", description = "Print one JSON object.")
  private boolean isJson;

  private final Surroundings around;

  ResultOutput(Surroundings around) {
    this.around = around;
  }

  boolean isJson() {
    return isJson;
  }

  /** Refuses what cannot be written to, before anything is paid for. */
  void check() {
    if (output == null || isFolder(output)) {
      return;
    }
    Path folder = output.toAbsolutePath().getParent();
    if (Files.exists(output)) {
      throw new UsageException(
          "%s exists already, and is left as it is. Nothing was sent.", output);
    }
    if (folder == null || !Files.isDirectory(folder)) {
      throw new UsageException("There is no folder for %s. Nothing was sent.", output);
    }
  }

  /** Gives it; what fails here can be had again for nothing with {@code elumenta download}. */
  void give(Generation generation, ElumentaCalls elumenta, Interruption interruption) {
    Optional<String> text = generation.text();
    Optional<GenerationId> id = generation.identity();
    Path file = null;
    if (output != null && generation.fileUrl().isPresent()) {
      id.ifPresent(interruption::downloading);
      file = download(elumenta.download(generation), name(generation));
    } else if (output != null && text.isPresent()) {
      file = write(text.get(), id.map(GenerationId::toString).orElse("result") + ".txt");
    }
    if (isJson) {
      json(generation, file);
    } else if (file != null) {
      around.out().println(file);
    } else if (text.isPresent()) {
      String printed = around.terminal().isOutput() ? Text.printable(text.get()) : text.get();
      around.out().println(printed);
    } else {
      around.out().println(generation.fileUrl().orElse("The generation is finished, and empty."));
    }
    account(generation);
  }

  /** Downloads to where it was asked for. */
  Path download(Download download, String name) {
    Path target = output == null ? Path.of(name) : isFolder(output) ? inFolder(name) : output;
    long begin = System.nanoTime();
    try (ProgressLine line = new ProgressLine(around)) {
      download
          .progress(
              (bytes, total) ->
                  line.transfer(name, bytes, total, Duration.ofNanos(System.nanoTime() - begin)))
          .to(target);
    }
    return target;
  }

  /** Says on standard error what it cost. */
  private void account(Generation generation) {
    StringBuilder said = new StringBuilder();
    generation.identity().ifPresent(id -> said.append("Generation ").append(id).append(". "));
    generation.tokensCharged().ifPresent(tokens -> said.append(tokens).append(" tokens. "));
    if (generation.getBalanceRemaining() != null) {
      said.append("Balance: ").append(generation.getBalanceRemaining()).append('.');
    }
    if (!isJson && !said.isEmpty()) {
      around.err().println(said.toString().strip());
    }
  }

  void json(Generation generation, @Nullable Path file) {
    JsonLines.object()
        .with("id", generation.identity())
        .with("status", generation.getStatus())
        .with("model", generation.modelName())
        .with("tokens", generation.tokensCharged())
        .with("balance", generation.getBalanceRemaining())
        .with("text", generation.text())
        .with("url", generation.fileUrl())
        .with("file", file)
        .to(around.out());
  }

  /** A name that is safe on every system, with the ending that the address has. */
  static String name(Generation generation) {
    String id = generation.identity().map(GenerationId::toString).orElse("result");
    return safe(id) + generation.fileUrl().map(ResultOutput::ending).orElse("");
  }

  private static String ending(String url) {
    String path = url.replaceFirst("[?#].*", "");
    String last = path.substring(path.lastIndexOf('/') + 1);
    int dot = last.lastIndexOf('.');
    String ending = dot < 0 ? "" : last.substring(dot);
    return ending.matches("\\.[A-Za-z0-9]{1,8}") ? ending : "";
  }

  private static String safe(String id) {
    String safe = id.replaceAll("[^A-Za-z0-9_-]", "_");
    String name = safe.length() > 100 ? safe.substring(0, 100) : safe;
    return DEVICE.matcher(name).matches() || name.startsWith("-") ? "_" + name : name;
  }

  private Path write(String text, String name) {
    Path target = output != null && isFolder(output) ? inFolder(name) : output;
    try {
      return Files.writeString(
          target,
          text,
          StandardCharsets.UTF_8,
          StandardOpenOption.CREATE_NEW,
          StandardOpenOption.WRITE);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private Path inFolder(String name) {
    try {
      return Files.createDirectories(output).resolve(name);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static boolean isFolder(Path path) {
    String text = path.toString();
    return Files.isDirectory(path) || text.endsWith("/") || text.endsWith("\\");
  }
}
