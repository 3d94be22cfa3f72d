package ru.elumenta.client.journal;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.HexFormat;
import java.util.zip.CRC32C;

/** One change of a journal. In a file it is a line: a checksum, a space, and JSON. */
sealed interface JournalRecord {
  /**
   * A call is about to be sent.
   *
   * @param owner of the process, see {@link ProcessLocks}
   */
  record Opened(OpenCall call, long owner) implements JournalRecord {}

  /** Its outcome is known. */
  record Closed(String callId) implements JournalRecord {}

  /** It was given up. */
  record Lost(String callId, Instant at) implements JournalRecord {}

  /** A generation belongs to a call. */
  record Claimed(String generationId, String callId, Instant at) implements JournalRecord {}

  /** Claims up to then are not all known any more. */
  record Forgotten(Instant upTo) implements JournalRecord {}

  int CHECKSUM_LENGTH = 8;

  /** Returns the line, its end included. */
  default byte[] toLine() {
    byte[] json = json().toString().getBytes(StandardCharsets.UTF_8);
    byte[] sum = checksum(json, 0, json.length).getBytes(StandardCharsets.US_ASCII);
    byte[] line = new byte[CHECKSUM_LENGTH + 1 + json.length + 1];
    System.arraycopy(sum, 0, line, 0, CHECKSUM_LENGTH);
    line[CHECKSUM_LENGTH] = ' ';
    System.arraycopy(json, 0, line, CHECKSUM_LENGTH + 1, json.length);
    line[line.length - 1] = '\n';
    return line;
  }

  private ObjectNode json() {
    ObjectNode json = OpenCallText.JSON.createObjectNode();
    if (this instanceof Opened opened) {
      json.put("is", "opened").put("owner", opened.owner);
      json.set("call", OpenCallText.toJson(opened.call));
    } else if (this instanceof Closed closed) {
      json.put("is", "closed").put("id", closed.callId);
    } else if (this instanceof Lost lost) {
      json.put("is", "lost").put("id", lost.callId).put("at", lost.at.toString());
    } else if (this instanceof Claimed claimed) {
      json.put("is", "claimed").put("generation", claimed.generationId);
      json.put("id", claimed.callId).put("at", claimed.at.toString());
    } else if (this instanceof Forgotten forgotten) {
      json.put("is", "forgotten").put("at", forgotten.upTo.toString());
    }
    return json;
  }

  /** Returns whether it is a whole line as it was written. */
  static boolean isIntact(byte[] bytes, int from, int to) {
    int json = from + CHECKSUM_LENGTH + 1;
    return json < to
        && bytes[json - 1] == ' '
        && checksum(bytes, json, to)
            .equals(new String(bytes, from, CHECKSUM_LENGTH, StandardCharsets.US_ASCII));
  }

  /**
   * Reads an intact line.
   *
   * @param to the end, without the line feed
   * @throws JournalProblem if this version does not know it
   */
  static JournalRecord read(byte[] bytes, int from, int to) throws JournalProblem {
    int start = from + CHECKSUM_LENGTH + 1;
    try {
      JsonNode json = OpenCallText.JSON.readTree(bytes, start, to - start);
      String id = json.path("id").asText();
      return switch (json.path("is").asText()) {
        case "opened" ->
            new Opened(OpenCallText.fromJson(json.path("call")), json.path("owner").asLong());
        case "closed" -> new Closed(id);
        case "lost" -> new Lost(id, at(json));
        case "claimed" -> new Claimed(json.path("generation").asText(), id, at(json));
        case "forgotten" -> new Forgotten(at(json));
        default -> throw JournalProblem.laterVersion("has a line of a kind unknown here");
      };
    } catch (JournalException e) {
      throw JournalProblem.laterVersion("has a call in a form unknown here");
    } catch (JournalProblem e) {
      throw e;
    } catch (IOException | DateTimeException | IllegalArgumentException e) {
      throw JournalProblem.damaged("has an intact line that makes no sense");
    }
  }

  private static Instant at(JsonNode json) {
    return Instant.parse(json.path("at").asText());
  }

  private static String checksum(byte[] bytes, int from, int to) {
    CRC32C sum = new CRC32C();
    sum.update(bytes, from, to - from);
    return HexFormat.of().toHexDigits((int) sum.getValue());
  }
}
