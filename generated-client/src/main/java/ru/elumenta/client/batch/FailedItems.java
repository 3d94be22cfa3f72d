package ru.elumenta.client.batch;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * The failed items that are to be taken again, as {@code failures.jsonl} has them.
 *
 * @param lines all of them
 * @param created those of them whose generation is there
 */
record FailedItems(BitSet lines, List<Created> created) {
  private static final JsonMapper JSON = new JsonMapper();

  /**
   * A generation that is there, and that was charged already.
   *
   * @param tokens what it cost
   */
  record Created(int line, long tokens, String generation) {}

  /**
   * Reads the failures, and writes those that stay.
   *
   * @param kept where to
   */
  static FailedItems select(Path failures, RetryFailed which, OutputStream kept)
      throws IOException {
    FailedItems taken = new FailedItems(new BitSet(), new ArrayList<>());
    if (!Files.exists(failures)) {
      return taken;
    }
    try (BufferedReader reader = Files.newBufferedReader(failures)) {
      for (String text = reader.readLine(); text != null; text = reader.readLine()) {
        JsonNode failure = JSON.readTree(text);
        boolean isThere = ItemFailure.isOnlyToBeFetched(failure);
        if (isThere || which == RetryFailed.ALL || ItemFailure.isFree(failure)) {
          int line = failure.path("line").asInt();
          taken.lines.set(line);
          if (isThere) {
            taken.created.add(
                new Created(
                    line, ItemFailure.counted(failure), failure.path("generation").asText()));
          }
        } else {
          kept.write((text + '\n').getBytes(StandardCharsets.UTF_8));
        }
      }
    }
    return taken;
  }

  String createdText() {
    return created.isEmpty()
        ? "-"
        : created.stream()
            .map(each -> each.line + "," + each.tokens + "," + word(each.generation))
            .collect(Collectors.joining(";"));
  }

  private static String word(String id) {
    return StateRecord.word(id.replace("%", "%25").replace(";", "%3B"));
  }

  static List<Created> created(String text) {
    return text.equals("-")
        ? List.of()
        : Arrays.stream(text.split(";")).map(FailedItems::oneCreated).toList();
  }

  private static Created oneCreated(String text) {
    String[] parts = text.split(",", 3);
    String id = StateRecord.text(parts[2]).replace("%3B", ";").replace("%25", "%");
    return new Created(Integer.parseInt(parts[0]), Long.parseLong(parts[1]), id);
  }

  static Optional<String> optional(String text) {
    return text.isEmpty() ? Optional.empty() : Optional.of(text);
  }
}
