package ru.elumenta.cli;

import picocli.CommandLine.Option;

/** The option of commands that print what there is. */
final class Rows {
  @Option(names = "--json", description = "Print one JSON object a line.")
  boolean isJson;
}
