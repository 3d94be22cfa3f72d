package ru.elumenta.client.internal.transport;

import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;

/**
 * A response whose headers arrived and whose body did not, or not whole.
 *
 * @param status the HTTP status
 * @param headers the response headers
 * @param body the bytes that arrived
 */
public record PartialResponse(int status, Map<String, List<String>> headers, byte[] body) {
  PartialResponse redacted(UnaryOperator<String> redaction) {
    Map<String, List<String>> clean = new LinkedHashMap<>();
    headers.forEach((name, values) -> clean.put(name, values.stream().map(redaction).toList()));
    String text = redaction.apply(new String(body, StandardCharsets.UTF_8));
    return new PartialResponse(status, clean, text.getBytes(StandardCharsets.UTF_8));
  }
}
