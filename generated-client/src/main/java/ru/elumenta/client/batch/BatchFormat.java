package ru.elumenta.client.batch;

import java.nio.file.Path;
import java.util.Locale;

/** What the rows of an input look like. All are UTF-8, with or without a byte order mark. */
public enum BatchFormat {
  /**
   * A JSON object a line ({@code .jsonl}, {@code .ndjson}): the members of a request as {@code POST
   * /generate} takes them, and if wanted an {@code id}. Empty lines are passed over.
   */
  JSON_LINES,

  /**
   * Comma-separated values as RFC 4180 has them, with a header ({@code .csv}); semicolons or tabs
   * if the header has no comma. The columns {@code model}, {@code prompt}, {@code text}, {@code
   * system}, {@code assistant_id} and {@code messages} (as JSON) are members of the request, {@code
   * id} is the item's id, and every other column is one of {@code params}, with or without {@code
   * params.} before its name: a number or a truth value if it looks like one. An empty cell is not
   * sent.
   */
  CSV,

  /** A text a line ({@code .txt}), which a template calls {@code {line}}; empty ones are none. */
  LINES;

  static BatchFormat of(Path input) {
    String name = input.getFileName() == null ? "" : input.getFileName().toString();
    String lower = name.toLowerCase(Locale.ROOT);
    if (lower.endsWith(".jsonl") || lower.endsWith(".ndjson")) {
      return JSON_LINES;
    }
    if (lower.endsWith(".csv")) {
      return CSV;
    }
    if (lower.endsWith(".txt")) {
      return LINES;
    }
    throw new IllegalArgumentException(
        "%s ends in none of .jsonl, .ndjson, .csv and .txt; say what it is with format(…)."
            .formatted(input));
  }
}
