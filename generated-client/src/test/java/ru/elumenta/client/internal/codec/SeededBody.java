package ru.elumenta.client.internal.codec;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** A generation with an id, a status and a result somewhere among members of any shape. */
final class SeededBody {
  private static final List<String> IDS = List.of("id", "id", "id", "generation_id", "task_id");
  private static final List<String> STATUSES = List.of("completed", "COMPLETED", "done", "Failed");
  private static final List<String> FILES = List.of("result_url", "url", "output_url");
  private static final List<String> TEXTS = List.of("result_text", "content");

  /** Members that hold neither id nor status nor result. */
  private static final List<String> OTHERS =
      List.of(
          "model_slug",
          "model",
          "thumbnail_url",
          "error",
          "tokens_spent",
          "tokens_used",
          "seed",
          "processing_ms",
          "result_metadata",
          "created_at",
          "completed_at",
          "usage",
          "type",
          "duration",
          "duration_seconds",
          "width",
          "height",
          "progress",
          "eta_seconds",
          "x",
          "é",
          "additionalProperties",
          "answerAsItCame",
          "");

  private static final List<String> SCALARS =
      List.of(
          "null",
          "true",
          "false",
          "0",
          "-7",
          "18.0",
          "1e400",
          "1E-400",
          "9223372036854775808",
          "123456789012345678901234567890.123456789",
          "\"\"",
          "\"5s\"",
          "\"13\"",
          "\"ж😀\"",
          "\"2026-13-45T99:00:00Z\"",
          "\"\\ud800\"",
          "1767225600000",
          "-1e18",
          "\"NaN\"");

  private final Random random;
  String id;
  String status;
  String result;

  SeededBody(Random random) {
    this.random = random;
  }

  String generation() {
    List<String> members = new ArrayList<>();
    members.add(member(any(IDS), id()));
    status = any(STATUSES);
    members.add(member("status", "\"" + status + "\""));
    members.add(result());
    for (int i = random.nextInt(12); i > 0; i--) {
      members.add(member(any(OTHERS), junk(3)));
    }
    Collections.shuffle(members, random);
    return "{" + String.join("," + " ".repeat(random.nextInt(2)), members) + "}";
  }

  private String id() {
    long number = random.nextInt(1_000_000);
    id = String.valueOf(number);
    return switch (random.nextInt(4)) {
      case 0 -> id;
      case 1 -> id + ".0";
      case 2 -> "\"" + id + "\"";
      default -> {
        id = "gen_" + number;
        yield "\"" + id + "\"";
      }
    };
  }

  /** As itself or in another shape, and perhaps beside a blank one that would hide it. */
  private String result() {
    boolean isFile = random.nextBoolean();
    List<String> names = new ArrayList<>(isFile ? FILES : TEXTS);
    Collections.shuffle(names, random);
    result = isFile ? "https://f/" + random.nextInt(1000) : "text " + random.nextInt(1000);
    String quoted = "\"" + result + "\"";
    String part = isFile ? "{\"url\":%s}" : "{\"type\":\"text\",\"text\":%s}";
    String shaped =
        switch (random.nextInt(4)) {
          case 0 -> "[" + quoted + "]";
          case 1 -> "[" + part.formatted(quoted) + "]";
          default -> quoted;
        };
    String found = member(names.get(0), shaped);
    return switch (random.nextInt(4)) {
      case 0 -> member(names.get(1), "\"\"") + "," + found;
      case 1 -> found + "," + member(names.get(1), "\" \"");
      case 2 -> found + "," + member(names.get(1), "false");
      default -> found;
    };
  }

  private static String member(String name, String value) {
    return "\"" + name + "\":" + value;
  }

  /** Any JSON. */
  String junk(int depth) {
    int kind = random.nextInt(depth > 0 ? 6 : 4);
    int size = random.nextInt(4);
    return switch (kind) {
      case 4 ->
          IntStream.range(0, size)
              .mapToObj(i -> junk(depth - 1))
              .collect(Collectors.joining(",", "[", "]"));
      case 5 ->
          IntStream.range(0, size)
              .mapToObj(i -> member(any(OTHERS), junk(depth - 1)))
              .collect(Collectors.joining(",", "{", "}"));
      default -> any(SCALARS);
    };
  }

  private <T> T any(List<T> choices) {
    return choices.get(random.nextInt(choices.size()));
  }
}
