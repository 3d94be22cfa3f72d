package ru.elumenta.contract;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Pattern;
import ru.elumenta.contract.exchange.Exchange;
import ru.elumenta.contract.exchange.RequestMessage;
import ru.elumenta.contract.exchange.ResponseMessage;

/**
 * An entry of a HAR file as an exchange. Browsers and proxies differ in what they leave out: see
 * HarFilesTest.
 */
final class HarEntry {
  private static final Pattern REDACTED = Pattern.compile("(?i).*redacted.*|[* ]+|");
  private static final String TYPE = "Content-Type";
  private static final String CODING = "Content-Encoding";

  private HarEntry() {}

  /** Returns the exchange; empty if a part is missing or broken. */
  static Optional<Exchange> exchange(JsonNode request, JsonNode response) {
    try {
      RequestMessage sent = request(request);
      int status = response.path("status").asInt(0);
      // A request that was blocked or cancelled has the status 0.
      return Optional.of(
          status == 0 ? Exchange.of(sent) : Exchange.of(sent, response(status, response)));
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  private static RequestMessage request(JsonNode request) {
    if (!request.path("method").isTextual() || !request.path("url").isTextual()) {
      throw new IllegalArgumentException("no method or no URL");
    }
    Map<String, List<String>> headers = headers(request.path("headers"));
    JsonNode data = request.path("postData");
    if (data.path("mimeType").isTextual() && !data.path("mimeType").asText().isEmpty()) {
      headers.putIfAbsent(TYPE, List.of(data.path("mimeType").asText()));
    }
    headers.computeIfPresent("Authorization", (name, values) -> credentials(values));
    byte[] body = bytes(data);
    long stated = Math.max(request.path("bodySize").asLong(-1), length(headers));
    String method = request.get("method").asText();
    String url = request.get("url").asText();
    boolean isWhole = data.path("text").isTextual() ? body.length >= stated : stated <= 0;
    return isWhole
        ? RequestMessage.of(method, url, headers, body)
        : RequestMessage.beginningOf(method, url, headers, body);
  }

  /** Tools put another word in the place of a token. */
  private static List<String> credentials(List<String> values) {
    return values.stream()
        .map(value -> REDACTED.matcher(value).matches() ? "Bearer redacted" : value)
        .toList();
  }

  private static long length(Map<String, List<String>> headers) {
    try {
      return Long.parseLong(headers.getOrDefault("Content-Length", List.of("-1")).get(0).strip());
    } catch (NumberFormatException e) {
      return -1;
    }
  }

  private static ResponseMessage response(int status, JsonNode response) {
    Map<String, List<String>> headers = headers(response.path("headers"));
    JsonNode content = response.path("content");
    if (!content.path("mimeType").asText("").isEmpty()
        && !content.path("mimeType").asText().equals("x-unknown")) {
      headers.putIfAbsent(TYPE, List.of(content.path("mimeType").asText()));
    }
    byte[] body = bytes(content);
    // The size of a body that was compressed is that on the way with some, the real one with
    // others.
    long stated = headers.containsKey(CODING) ? 0 : content.path("size").asLong(-1);
    boolean isWhole =
        content.path("text").isTextual()
            ? body.length >= stated
            : content.path("size").asLong(-1) == 0 || status == 204 || status == 304;
    if (!isCompressed(body)) {
      headers.remove(CODING); // texts are recorded as they were meant
    }
    return isWhole
        ? ResponseMessage.of(status, headers, body)
        : ResponseMessage.beginningOf(status, headers, body);
  }

  private static boolean isCompressed(byte[] body) {
    return body.length > 2 && (body[0] & 0xff) == 0x1f && (body[1] & 0xff) == 0x8b;
  }

  private static byte[] bytes(JsonNode holder) {
    String text = holder.path("text").asText("");
    return holder.path("encoding").asText("").equalsIgnoreCase("base64")
        ? Base64.getDecoder().decode(text.replaceAll("\\s", ""))
        : text.getBytes(StandardCharsets.UTF_8);
  }

  private static Map<String, List<String>> headers(JsonNode list) {
    Map<String, List<String>> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    for (JsonNode header : list) {
      String name = header.path("name").asText("");
      if (!name.isEmpty() && !name.startsWith(":")) { // HTTP/2's own
        headers.computeIfAbsent(name, each -> new ArrayList<>()).add(header.path("value").asText());
      }
    }
    return headers;
  }
}
