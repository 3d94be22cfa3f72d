package ru.elumenta.client.batch;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.FileOutputStream;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.UUID;
import ru.elumenta.client.batch.BatchException.Reason;
import ru.elumenta.client.file.Replacement;

/** Brings a folder into order before anything is sent, whatever ended the run before. */
final class Preparation {
  private static final String REWRITTEN = "failures.";

  private final BatchOptions options;
  private final OutputFolder folder;
  private final BatchState state;

  Preparation(BatchOptions options, OutputFolder folder, BatchState state) {
    this.options = options;
    this.folder = folder;
    this.state = state;
  }

  /**
   * Where the two files end.
   *
   * @param results that of results.jsonl
   * @param failures that of failures.jsonl
   */
  record Ends(long results, long failures) {}

  /** Reads only; returns how many items there are. */
  long check() {
    return check(options, state);
  }

  static long check(BatchOptions options, BatchState state) {
    String begunWith = state.look(image -> image.batchId == null ? "" : image.requestHash);
    String now = RequestMaker.hash(options.format, options.template);
    if (!begunWith.isEmpty() && !begunWith.equals(now)) {
      throw new BatchException(
          Reason.INPUT_CHANGED,
          "The template or the format is not the one that the batch in %s was begun with"
              .formatted(options.output),
          "Put it back, or take another folder for other requests.",
          null);
    }
    if (state.look(image -> image.version) > StateImage.VERSION) {
      throw OutputFolder.damaged(options.output, "was written by a later version of this client");
    }
    return ItemSource.check(options, state);
  }

  /** Finishes what was half done. */
  Ends repair() throws IOException {
    state.open();
    if (state.look(image -> image.batchId == null)) {
      state
          .record(
              'B',
              UUID.randomUUID(),
              StateImage.VERSION,
              RequestMaker.hash(options.format, options.template))
          .force();
    }
    finishRewriting();
    long results =
        ResultLines.repair(
            folder.results(),
            state.look(image -> image.resultsEnd),
            (line, end) -> adopt('D', line, end));
    long failures =
        ResultLines.repair(
            folder.failures(),
            state.look(image -> image.failuresEnd),
            (line, end) -> adopt('F', line, end));
    if (options.retryFailed != RetryFailed.NONE && retake()) {
      failures = state.look(image -> image.failuresEnd);
    }
    return new Ends(results, failures);
  }

  /** A line is on the disk before the state says so: killed between the two, it is taken over. */
  private void adopt(char kind, JsonNode written, long end) {
    int line = written.path("line").asInt();
    if (!state.isSettled(line)) {
      long counted = ItemFailure.counted(written);
      if (kind == 'D') {
        state.record('D', line, counted, end).force();
      } else {
        state.record('F', line, counted, end, "-").force();
      }
    }
  }

  private Path rewritten(String token) {
    return folder.state().resolveSibling(REWRITTEN + token);
  }

  private void finishRewriting() throws IOException {
    String last = state.look(image -> image.retry == null ? "" : image.retry);
    try (DirectoryStream<Path> left =
        Files.newDirectoryStream(folder.state().getParent(), REWRITTEN + "*")) {
      for (Path each : left) {
        if (each.equals(rewritten(last))) {
          take(each);
        } else {
          Files.delete(each);
        }
      }
    }
  }

  private void take(Path rewritten) throws IOException {
    Replacement.move(rewritten, folder.failures());
    OutputFolder.forceFolder(folder.failures().getParent());
  }

  /** Takes failed items out of the failures, all at once or not at all. */
  private boolean retake() throws IOException {
    String token = UUID.randomUUID().toString();
    Path next = rewritten(token);
    FailedItems taken;
    try (FileOutputStream kept = new FileOutputStream(next.toFile())) {
      taken = FailedItems.select(folder.failures(), options.retryFailed, kept);
      kept.getFD().sync();
    }
    if (taken.lines().isEmpty()) {
      Files.delete(next);
      return false;
    }
    OutputFolder.forceFolder(next.getParent());
    state
        .record('R', token, Files.size(next), Lines.text(taken.lines()), taken.createdText())
        .force();
    take(next);
    return true;
  }
}
