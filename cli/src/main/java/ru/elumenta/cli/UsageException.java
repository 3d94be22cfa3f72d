package ru.elumenta.cli;

/** What was asked for cannot be: the command ends with {@link ExitCode#USAGE}, nothing was sent. */
final class UsageException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  UsageException(String sentence, Object... arguments) {
    super(sentence.formatted(arguments));
  }
}
