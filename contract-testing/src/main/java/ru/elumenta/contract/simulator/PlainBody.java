package ru.elumenta.contract.simulator;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.GZIPInputStream;
import java.util.zip.InflaterInputStream;
import ru.elumenta.contract.exchange.RequestMessage;

/** Takes off what a caller put around a body: its coding, and a character set other than UTF-8. */
final class PlainBody {
  private static final int MOST_BYTES = 64 << 20;
  private static final Pattern CHARSET =
      Pattern.compile(";\\s*charset\\s*=\\s*\"?([^\";\\s]*)", Pattern.CASE_INSENSITIVE);

  private PlainBody() {}

  /** Returns the request as it was meant; refuses one that cannot be understood. */
  static RequestMessage of(RequestMessage request) {
    List<String> codings = request.headers().getOrDefault("Content-Encoding", List.of());
    byte[] body = request.body();
    boolean isCoded = !codings.isEmpty() && body.length > 0;
    if (isCoded) {
      body = decoded(String.join(",", codings).strip().toLowerCase(Locale.ROOT), body);
    }
    Charset charset = charset(request);
    boolean isOther = !charset.equals(StandardCharsets.UTF_8);
    if (isOther) {
      body = inUtf8(body, charset);
    }
    if (!isCoded && !isOther) {
      return request;
    }
    Map<String, List<String>> headers = new LinkedHashMap<>(request.headers());
    headers.keySet().removeIf("Content-Encoding"::equalsIgnoreCase);
    String target = request.path() + (request.query().isEmpty() ? "" : "?" + request.query());
    return RequestMessage.of(request.method(), target, headers, body);
  }

  private static byte[] decoded(String coding, byte[] body) {
    ByteArrayInputStream bytes = new ByteArrayInputStream(body);
    try (InputStream in =
        switch (coding) {
          case "gzip", "x-gzip" -> new GZIPInputStream(bytes);
          case "deflate" -> new InflaterInputStream(bytes);
          case "identity" -> bytes;
          default -> throw Refusal.badRequest("Content-Encoding is neither gzip nor deflate");
        }) {
      byte[] plain = in.readNBytes(MOST_BYTES + 1);
      if (plain.length > MOST_BYTES) {
        throw Refusal.badRequest("The body has more than %d bytes".formatted(MOST_BYTES));
      }
      return plain;
    } catch (IOException e) {
      throw Refusal.badRequest("The body is no " + coding);
    }
  }

  private static Charset charset(RequestMessage request) {
    String type = request.headers().getOrDefault("Content-Type", List.of("")).get(0);
    Matcher named = CHARSET.matcher(type);
    if (!named.find() || type.toLowerCase(Locale.ROOT).startsWith("multipart/")) {
      return StandardCharsets.UTF_8;
    }
    try {
      Charset charset = Charset.forName(named.group(1));
      // To one that can only be written into, or is ASCII, there is nothing to be changed.
      return charset.equals(StandardCharsets.US_ASCII) ? StandardCharsets.UTF_8 : charset;
    } catch (IllegalArgumentException e) {
      throw Refusal.badRequest("The character set of the body is not known");
    }
  }

  private static byte[] inUtf8(byte[] body, Charset charset) {
    try {
      String text = charset.newDecoder().decode(ByteBuffer.wrap(body)).toString();
      return text.getBytes(StandardCharsets.UTF_8);
    } catch (CharacterCodingException | RuntimeException e) {
      throw Refusal.badRequest("The body is not in the character set that it names");
    }
  }
}
