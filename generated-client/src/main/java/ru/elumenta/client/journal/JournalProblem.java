package ru.elumenta.client.journal;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.util.Locale;
import ru.elumenta.error.Execution;

/** Why a file is no good as a journal, in words that follow "The call journal F". */
final class JournalProblem extends IOException {
  /** Less than this is as good as nothing. */
  private static final long NO_SPACE = 4096;

  private final String problem;
  private final String advice;

  JournalProblem(String problem, String advice) {
    super(problem);
    this.problem = problem;
    this.advice = advice;
  }

  static JournalProblem laterVersion(String how) {
    return new JournalProblem(
        how + ", so it was written by a later version of this client",
        "Use that version or a newer one, or give this one a journal of its own.");
  }

  static JournalProblem damaged(String how) {
    return new JournalProblem(
        how + ", so it is damaged, and calls that were under way may be missing from it",
        "Keep a copy, which can be read as text; then move the file away to begin a new one, and"
            + " look into the history for what the old one lists as opened and not as closed.");
  }

  /** Makes an exception of whatever happened; a new one for everybody who waited for it. */
  static JournalException exception(Path file, IOException failure, Execution execution) {
    JournalProblem problem =
        failure instanceof JournalProblem known ? known : translated(file, failure);
    return new JournalException(
        "The call journal %s %s".formatted(file, problem.problem),
        problem.advice,
        execution,
        problem == failure ? null : failure);
  }

  private static JournalProblem translated(Path file, IOException failure) {
    String reason = String.valueOf(failure.getMessage()).toLowerCase(Locale.ROOT);
    if (isFull(file, reason)) {
      return new JournalProblem(
          "cannot be written: the disk is full, or the quota is used up",
          "Make room; nothing needs to be restarted.");
    }
    if (failure instanceof AccessDeniedException || reason.contains("read-only")) {
      return new JournalProblem(
          "cannot be written: its folder or the file is read-only for this user",
          "Let this user write there, or name a file elsewhere.");
    }
    if (failure instanceof NotDirectoryException
        || failure instanceof FileAlreadyExistsException
        || reason.contains("not a directory")) {
      return new JournalProblem(
          "cannot be created: something in its path is a file and no folder",
          "Name a file in a folder.");
    }
    if (reason.contains("is a directory")) {
      return new JournalProblem("is a folder", "Name a file in it.");
    }
    if (failure instanceof NoSuchFileException) {
      return new JournalProblem(
          "has disappeared while it was in use",
          "Find out who removed it. Once nothing is under way, restart what uses it.");
    }
    return new JournalProblem(
        "cannot be used", "See that its folder can be written to, and that there is space left.");
  }

  /** By what is left as well, as the words depend on the system and its language. */
  private static boolean isFull(Path file, String reason) {
    if (reason.contains("no space left")
        || reason.contains("not enough space")
        || reason.contains("quota exceeded")) {
      return true;
    }
    try {
      return Files.getFileStore(file.getParent()).getUsableSpace() < NO_SPACE
          && !reason.contains("read-only");
    } catch (IOException e) {
      return false;
    }
  }
}
