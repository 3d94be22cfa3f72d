package ru.elumenta.contract;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Reads a HAR file (version 1.2) or a recording of WireMock entry by entry, so that one entry at a
 * time is in memory, and of other hosts' the request alone.
 */
final class HarFile {
  private static final int LONGEST_TEXT = 64 << 20;
  private static final JsonMapper JSON =
      new JsonMapper(
          JsonFactory.builder()
              .streamReadConstraints(
                  StreamReadConstraints.builder().maxStringLength(LONGEST_TEXT).build())
              .build());

  private final Path file;
  private final RecordedTraffic traffic;
  private final ObjectNode mapping = JsonNodeFactory.instance.objectNode();
  private boolean isRecording;
  private long entries;

  private HarFile(Path file, RecordedTraffic traffic) {
    this.file = file;
    this.traffic = traffic;
  }

  /**
   * Hands all entries over.
   *
   * @throws IOException if the file cannot be read or is no recording; the message shows nothing of
   *     its content
   */
  static void read(Path file, RecordedTraffic traffic) throws IOException {
    new HarFile(file, traffic).read();
  }

  private void read() throws IOException {
    try (InputStream in = Files.newInputStream(file);
        JsonParser parser = JSON.createParser(in)) {
      begin(parser);
      while (parser.nextToken() == JsonToken.FIELD_NAME) {
        String name = parser.currentName();
        parser.nextToken();
        switch (name) {
          case "log" -> log(parser);
          case "mappings" -> each(parser, true);
          case "requests" -> each(parser, false);
          case "request", "response" -> single(parser, name);
          default -> parser.skipChildren();
        }
      }
      if (!isRecording) {
        throw new IOException(
            file
                + " is no recording: it has neither log.entries, as a HAR file, nor mappings or"
                + " requests, as WireMock writes them.");
      }
    } catch (StreamConstraintsException e) {
      throw new IOException(
          "%s holds more in entry %d than can be read: texts of up to %d MB, nested 1000 deep."
              .formatted(file, entries + 1, LONGEST_TEXT >> 20));
    } catch (JsonProcessingException e) {
      // Its message would show what stands there, which may be a secret.
      throw new IOException(
          "%s breaks off or is no JSON at line %d, column %d, after %d entries."
              .formatted(
                  file,
                  e.getLocation() == null ? 0 : e.getLocation().getLineNr(),
                  e.getLocation() == null ? 0 : e.getLocation().getColumnNr(),
                  entries));
    }
  }

  private void begin(JsonParser parser) throws IOException {
    if (parser.nextToken() != JsonToken.START_OBJECT) {
      throw new IOException(file + " is no recording: it is no JSON object.");
    }
  }

  private void log(JsonParser parser) throws IOException {
    if (parser.currentToken() != JsonToken.START_OBJECT) {
      parser.skipChildren();
      return;
    }
    while (parser.nextToken() == JsonToken.FIELD_NAME) {
      boolean areEntries = parser.currentName().equals("entries");
      if (parser.nextToken() == JsonToken.START_ARRAY && areEntries) {
        isRecording = true;
        while (parser.nextToken() != JsonToken.END_ARRAY) {
          entry(parser);
          entries++;
        }
      } else {
        parser.skipChildren();
      }
    }
  }

  private void entry(JsonParser parser) throws IOException {
    if (parser.currentToken() != JsonToken.START_OBJECT) {
      parser.skipChildren();
      traffic.addUnreadable();
      return;
    }
    JsonNode request = null;
    JsonNode response = JsonNodeFactory.instance.objectNode();
    boolean isOfOthers = false;
    while (parser.nextToken() == JsonToken.FIELD_NAME) {
      String name = parser.currentName();
      parser.nextToken();
      if (isOfOthers) {
        parser.skipChildren();
      } else if (name.equals("request")) {
        request = parser.readValueAsTree();
        isOfOthers = request.path("url").isTextual() && !traffic.isOfService(request);
      } else if (name.equals("response")) {
        response = message(parser);
      } else {
        parser.skipChildren();
      }
    }
    if (isOfOthers) {
      traffic.addOfOthers();
    } else if (request == null) {
      traffic.addUnreadable();
    } else {
      traffic.add(HarEntry.exchange(request, response));
    }
  }

  /** Reads a response; a body that is said to be too long is passed over. */
  private static JsonNode message(JsonParser parser) throws IOException {
    if (parser.currentToken() != JsonToken.START_OBJECT) {
      parser.skipChildren();
      return JsonNodeFactory.instance.objectNode();
    }
    ObjectNode response = JsonNodeFactory.instance.objectNode();
    while (parser.nextToken() == JsonToken.FIELD_NAME) {
      String name = parser.currentName();
      if (parser.nextToken() != JsonToken.START_OBJECT) {
        response.set(name, parser.readValueAsTree());
        continue;
      }
      ObjectNode content = response.putObject(name);
      while (parser.nextToken() == JsonToken.FIELD_NAME) {
        String member = parser.currentName();
        parser.nextToken();
        if (member.equals("text") && content.path("size").asLong() > LONGEST_TEXT / 2) {
          parser.skipChildren(); // without reading it into memory
        } else {
          content.set(member, parser.readValueAsTree());
        }
      }
    }
    return response;
  }

  private void each(JsonParser parser, boolean areMappings) throws IOException {
    if (parser.currentToken() != JsonToken.START_ARRAY) {
      parser.skipChildren();
      return;
    }
    isRecording = true;
    while (parser.nextToken() != JsonToken.END_ARRAY) {
      JsonNode entry = parser.readValueAsTree();
      if (areMappings) {
        WireMockEntry.ofMapping(entry, file, traffic);
      } else {
        WireMockEntry.ofJournal(entry, traffic);
      }
      entries++;
    }
  }

  /** A file with one mapping has its request and response at the top. */
  private void single(JsonParser parser, String name) throws IOException {
    mapping.set(name, parser.readValueAsTree());
    if (mapping.size() == 2) {
      isRecording = true;
      WireMockEntry.ofMapping(mapping, file, traffic);
      entries++;
    }
  }
}
