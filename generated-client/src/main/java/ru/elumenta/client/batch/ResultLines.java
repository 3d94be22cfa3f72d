package ru.elumenta.client.batch;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.BiConsumer;
import ru.elumenta.client.model.Generation;

/** The form of {@code results.jsonl} and its kin, and what is done about a torn end of it. */
final class ResultLines {
  private static final JsonMapper JSON = new JsonMapper();

  private ResultLines() {}

  static ObjectNode begin(Item item) {
    return JSON.createObjectNode().put("line", item.line()).put("id", item.id());
  }

  /**
   * Returns the line of a result.
   *
   * @param counted the tokens that it is counted with
   * @param file its path in the output folder
   */
  static ObjectNode result(Item item, Generation generation, long counted, Optional<String> file) {
    ObjectNode json = begin(item);
    generation.identity().ifPresent(id -> json.put("generation", id.toString()));
    generation.modelName().ifPresent(model -> json.put("model", model));
    generation
        .tokensCharged()
        .ifPresentOrElse(tokens -> json.put("tokens", tokens), () -> json.putNull("tokens"));
    json.put("counted", counted);
    generation.text().ifPresent(text -> json.put("text", text));
    generation.fileUrl().ifPresent(url -> json.put("url", url));
    file.ifPresent(path -> json.put("file", path));
    if (generation.getCompletedAt() != null) {
      json.put("completed_at", generation.getCompletedAt().toString());
    }
    return json;
  }

  static byte[] bytes(ObjectNode json) {
    return (json + "\n").getBytes(StandardCharsets.UTF_8);
  }

  /**
   * Goes through what was written after the state knew of it last, and cuts off what is torn.
   *
   * @param known up to where the state knows the file
   * @param each is given each whole line, and where it ends
   * @return where the file ends now
   */
  static long repair(Path path, long known, BiConsumer<JsonNode, Long> each) throws IOException {
    long size = Files.exists(path) ? Files.size(path) : 0;
    if (size < known) {
      throw OutputFolder.damaged(
          path,
          "is shorter than it was: %d bytes are left of %d that were finished"
              .formatted(size, known));
    }
    if (size == known) {
      return size;
    }
    byte[] tail = new byte[(int) Math.min(size - known, Integer.MAX_VALUE - 8)];
    try (RandomAccessFile file = new RandomAccessFile(path.toFile(), "r")) {
      file.seek(known);
      file.readFully(tail);
    }
    int start = 0;
    for (int at = 0; at < tail.length; at++) {
      if (tail[at] == '\n') {
        JsonNode line = read(tail, start, at);
        if (line == null) {
          break;
        }
        start = at + 1;
        each.accept(line, known + start);
      }
    }
    return known + start;
  }

  /** Returns null for what is not a line of ours: a machine that lost its power left it. */
  private static @org.jspecify.annotations.Nullable JsonNode read(byte[] bytes, int from, int to) {
    try {
      JsonNode line = JSON.readTree(bytes, from, to - from);
      return line.path("line").isInt() && line.has("id") ? line : null;
    } catch (IOException e) {
      return null;
    }
  }
}
