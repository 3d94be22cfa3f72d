package ru.elumenta.contract;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import ru.elumenta.contract.exchange.Exchange;
import ru.elumenta.contract.exchange.RequestMessage;
import ru.elumenta.contract.exchange.ResponseMessage;

/**
 * What WireMock wrote down: a stub mapping, as its recorder makes them, or a request of its
 * journal. Whom the calls were for is not recorded; all below the base path are taken.
 */
final class WireMockEntry {
  private static final String TYPE = "Content-Type";
  private static final long MOST_BYTES = 32 << 20;

  private WireMockEntry() {}

  static void ofMapping(JsonNode mapping, Path file, RecordedTraffic traffic) {
    JsonNode request = mapping.path("request");
    String url = request.path("url").asText(request.path("urlPath").asText(""));
    if (url.isEmpty() || !request.path("method").isTextual()) {
      traffic.addUnreadable(); // a pattern of many requests is none
    } else if (!traffic.isBelowBasePath(url)) {
      traffic.addOfOthers();
    } else {
      traffic.add(guarded(() -> Exchange.of(asked(request, url), answered(mapping, file))));
    }
  }

  static void ofJournal(JsonNode event, RecordedTraffic traffic) {
    JsonNode request = event.path("request");
    JsonNode response = event.path("response");
    String url = request.path("url").asText("");
    if (url.isEmpty() || !request.path("method").isTextual()) {
      traffic.addUnreadable();
    } else if (!traffic.isBelowBasePath(url)) {
      traffic.addOfOthers();
    } else {
      traffic.add(
          guarded(
              () -> {
                RequestMessage asked =
                    RequestMessage.of(
                        request.path("method").asText(),
                        url,
                        headers(request.path("headers")),
                        body(request, "bodyAsBase64"));
                return response.isMissingNode()
                    ? Exchange.of(asked)
                    : Exchange.of(
                        asked,
                        ResponseMessage.of(
                            response.path("status").asInt(),
                            headers(response.path("headers")),
                            body(response, "bodyAsBase64")));
              }));
    }
  }

  private interface Reading {
    Exchange exchange() throws IOException;
  }

  private static Optional<Exchange> guarded(Reading reading) {
    try {
      return Optional.of(reading.exchange());
    } catch (IOException | IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  private static RequestMessage asked(JsonNode request, String url) {
    Map<String, List<String>> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    request
        .path("headers")
        .properties()
        .forEach(
            header -> {
              if (header.getValue().path("equalTo").isTextual()) {
                headers.put(header.getKey(), List.of(header.getValue().get("equalTo").asText()));
              }
            });
    for (JsonNode pattern : request.path("bodyPatterns")) {
      JsonNode json = pattern.path("equalToJson");
      if (!json.isMissingNode()) {
        headers.putIfAbsent(TYPE, List.of("application/json"));
        String text = json.isTextual() ? json.asText() : json.toString();
        return RequestMessage.of(request.path("method").asText(), url, headers, text);
      }
    }
    return RequestMessage.beginningOf(
        request.path("method").asText(), url, headers, new byte[0]); // patterns are no body
  }

  private static ResponseMessage answered(JsonNode mapping, Path file) throws IOException {
    JsonNode response = mapping.path("response");
    int status = response.path("status").asInt(200);
    Map<String, List<String>> headers = headers(response.path("headers"));
    if (response.has("jsonBody")) {
      headers.putIfAbsent(TYPE, List.of("application/json"));
      return ResponseMessage.of(status, headers, response.get("jsonBody").toString());
    }
    if (!response.has("bodyFileName")) {
      return ResponseMessage.of(status, headers, body(response, "base64Body"));
    }
    // …/mappings/one.json and …/__files/body.json, never a file outside.
    Path folder = file.toAbsolutePath().normalize().getParent().resolveSibling("__files");
    Path body = folder.resolve(response.get("bodyFileName").asText()).normalize();
    if (!body.startsWith(folder) || !Files.isRegularFile(body) || Files.size(body) > MOST_BYTES) {
      return ResponseMessage.beginningOf(status, headers, new byte[0]);
    }
    return ResponseMessage.of(status, headers, Files.readAllBytes(body));
  }

  private static byte[] body(JsonNode holder, String inBase64) {
    return holder.path(inBase64).isTextual()
        ? Base64.getDecoder().decode(holder.get(inBase64).asText().replaceAll("\\s", ""))
        : holder.path("body").asText("").getBytes(StandardCharsets.UTF_8);
  }

  private static Map<String, List<String>> headers(JsonNode headers) {
    Map<String, List<String>> all = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    headers
        .properties()
        .forEach(
            header -> {
              List<String> values = new ArrayList<>();
              if (header.getValue().isArray()) {
                header.getValue().forEach(each -> values.add(each.asText()));
              } else {
                values.add(header.getValue().asText());
              }
              all.put(header.getKey(), values);
            });
    return all;
  }
}
