package ru.elumenta.contract.validation;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Optional;
import java.util.zip.GZIPInputStream;
import ru.elumenta.contract.exchange.ResponseMessage;

/** Takes off what a server put around a body on the way. */
final class ContentCoding {
  private static final int MOST_BYTES = 64 << 20;

  private ContentCoding() {}

  /**
   * Returns the response with its body as it was meant; empty if that cannot be known, because the
   * coding is another than gzip or broken. Some clients take the coding off and leave the header.
   */
  static Optional<ResponseMessage> decoded(ResponseMessage response) {
    List<String> codings = response.headers().getOrDefault("Content-Encoding", List.of());
    if (codings.isEmpty() || codings.get(0).equalsIgnoreCase("identity")) {
      return Optional.of(response);
    }
    if (!codings.get(0).equalsIgnoreCase("gzip")) {
      return Optional.empty();
    }
    byte[] body = response.body();
    if (body.length < 2 || (body[0] & 0xff) != 0x1f || (body[1] & 0xff) != 0x8b) {
      return Optional.of(response);
    }
    if (!response.isWhole()) {
      return Optional.empty();
    }
    try (InputStream in = new GZIPInputStream(new ByteArrayInputStream(body))) {
      return Optional.of(
          ResponseMessage.of(response.status(), response.headers(), in.readNBytes(MOST_BYTES)));
    } catch (IOException e) {
      return Optional.empty();
    }
  }
}
