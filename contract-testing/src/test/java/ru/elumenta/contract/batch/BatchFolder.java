package ru.elumenta.contract.batch;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;

/** What a batch left behind, for tests. */
record BatchFolder(Path path) {
  private static final JsonMapper JSON = new JsonMapper();

  List<JsonNode> results() {
    return lines("results.jsonl");
  }

  List<JsonNode> failures() {
    return lines("failures.jsonl");
  }

  List<JsonNode> open() {
    return lines("open.jsonl");
  }

  private List<JsonNode> lines(String name) {
    try {
      return Files.readAllLines(path.resolve(name)).stream().map(BatchFolder::json).toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static JsonNode json(String line) {
    try {
      return JSON.readTree(line);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static long tokens(List<JsonNode> lines, String member) {
    return lines.stream().mapToLong(line -> line.path(member).asLong()).sum();
  }

  static Path prompts(Path file, int from, int to) {
    try {
      return Files.write(
          file, IntStream.rangeClosed(from, to).mapToObj(BatchFolder::line).toList());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static String line(int number) {
    return "{\"model\":\"gpt-5\",\"prompt\":\""
        + prompt(number)
        + "\",\"id\":\"item "
        + number
        + "\"}";
  }

  static String prompt(int number) {
    return "Prompt " + number;
  }
}
