package ru.elumenta.client.internal.transport;

import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import ru.elumenta.error.CredentialRedaction;

/**
 * A response whose headers arrived and whose body did not, or not whole.
 *
 * @param status the HTTP status
 * @param headers the response headers
 * @param body the bytes that arrived
 */
public record PartialResponse(int status, Map<String, List<String>> headers, byte[] body) {
  /** More than any exception keeps, be it in UTF-8. */
  static final int MOST_BYTES_LOOKED_AT = 1 << 20;

  /** Returns the same without credentials, and with no more of the body than is kept of it. */
  PartialResponse redacted(CredentialRedaction redaction) {
    Map<String, List<String>> clean = new LinkedHashMap<>();
    headers.forEach((name, values) -> clean.put(name, values.stream().map(redaction).toList()));
    int length = Math.min(body.length, MOST_BYTES_LOOKED_AT);
    String text = redaction.kept(new String(body, 0, length, StandardCharsets.UTF_8));
    return new PartialResponse(status, clean, text.getBytes(StandardCharsets.UTF_8));
  }
}
