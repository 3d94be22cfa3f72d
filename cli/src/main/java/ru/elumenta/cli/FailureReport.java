package ru.elumenta.cli;

import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import picocli.CommandLine;
import picocli.CommandLine.IExecutionExceptionHandler;
import picocli.CommandLine.ParseResult;
import ru.elumenta.client.batch.BatchException;
import ru.elumenta.client.error.GenerationFailedException;
import ru.elumenta.client.error.OutcomeUnknownException;
import ru.elumenta.client.error.WaitTimeoutException;
import ru.elumenta.error.CallInterruptedException;
import ru.elumenta.error.ElumentaException;
import ru.elumenta.error.Execution;

/** Says what went wrong in the sentences of the exceptions, and how to go on. */
final class FailureReport implements IExecutionExceptionHandler {
  private final Surroundings around;

  FailureReport(Surroundings around) {
    this.around = around;
  }

  @Override
  public int handleExecutionException(Exception failure, CommandLine command, ParseResult parsed) {
    if (EveryCommand.isOn(parsed)) {
      failure.printStackTrace(around.err());
    } else {
      tell(failure);
    }
    return code(failure);
  }

  /** Tells it in the terms of the command line; returns the code to end with. */
  int tell(Exception failure) {
    PrintStream err = around.err();
    err.println(sentence(failure));
    if (failure instanceof OutcomeUnknownException) {
      err.println("Look for it with: elumenta open");
    } else if (failure instanceof WaitTimeoutException running) {
      err.printf("Come back to it with: elumenta attach %s%n", running.generationId());
    }
    return code(failure);
  }

  static int code(Exception failure) {
    if (failure instanceof OutcomeUnknownException) {
      return ExitCode.OUTCOME_UNKNOWN;
    }
    if (failure instanceof WaitTimeoutException) {
      return ExitCode.STILL_RUNNING;
    }
    if (failure instanceof CallInterruptedException) {
      return ExitCode.INTERRUPTED;
    }
    if (failure instanceof UsageException || failure instanceof IllegalArgumentException) {
      return ExitCode.USAGE;
    }
    if (failure instanceof BatchException batch) {
      boolean isInput =
          batch.reason() == BatchException.Reason.INPUT_UNREADABLE
              || batch.reason() == BatchException.Reason.INPUT_CHANGED;
      return isInput ? ExitCode.USAGE : ExitCode.FAILED;
    }
    boolean isRefused =
        failure instanceof ElumentaException service
            && !(failure instanceof GenerationFailedException)
            && service.execution() == Execution.NOT_EXECUTED;
    return isRefused ? ExitCode.REFUSED : ExitCode.FAILED;
  }

  private static String sentence(Exception failure) {
    Throwable cause = failure instanceof UncheckedIOException io ? io.getCause() : failure;
    if (cause instanceof NoSuchFileException file) {
      return "There is no file %s.".formatted(file.getFile());
    }
    if (cause instanceof FileAlreadyExistsException file) {
      return "%s exists already, and is left as it is.".formatted(file.getFile());
    }
    if (cause instanceof AccessDeniedException file) {
      return "%s may not be read or written.".formatted(file.getFile());
    }
    if (cause instanceof FileSystemException file) {
      return "%s: %s".formatted(file.getFile(), file.getReason());
    }
    String message = cause.getMessage();
    boolean isSentence =
        message != null
            && (cause instanceof ElumentaException
                || cause instanceof UsageException
                || cause instanceof IllegalArgumentException
                || cause instanceof IllegalStateException
                || cause instanceof IOException);
    return isSentence ? message : "Unexpected: %s. --debug shows where.".formatted(cause);
  }
}
