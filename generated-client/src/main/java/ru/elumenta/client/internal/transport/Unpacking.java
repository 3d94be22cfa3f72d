package ru.elumenta.client.internal.transport;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PushbackInputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import java.util.zip.Inflater;
import java.util.zip.InflaterInputStream;

/**
 * Undoes {@code Content-Encoding}: gzip, and deflate both as the standard has it (zlib) and as some
 * servers send it (raw). Gateways pack answers of their own accord.
 *
 * <p>Some transports undo the coding and leave the header: what does not begin as the coding does
 * is left as it is.
 */
public final class Unpacking {
  /** What a request says it takes. */
  public static final String ACCEPTED = "gzip, deflate";

  /** The same for a stream, which is better not kept back to be packed. */
  public static final String ACCEPTED_FOR_STREAMS = "identity, gzip;q=0.5, deflate;q=0.5";

  /** Nobody packs more often; each layer multiplies what a few bytes can become. */
  private static final int MOST_CODINGS = 3;

  private static final int CHUNK = 8192;

  private Unpacking() {}

  /**
   * Returns the codings in the order in which they were applied; those that do nothing left out.
   */
  public static List<String> codings(Map<String, ? extends Collection<String>> headers) {
    return isPacked(headers) ? codingsOf(headers) : List.of();
  }

  private static boolean isPacked(Map<String, ?> headers) {
    for (String name : headers.keySet()) {
      if (name.equalsIgnoreCase("Content-Encoding")) {
        return true;
      }
    }
    return false;
  }

  private static List<String> codingsOf(Map<String, ? extends Collection<String>> headers) {
    return headers.entrySet().stream()
        .filter(header -> header.getKey().equalsIgnoreCase("Content-Encoding"))
        .flatMap(header -> header.getValue().stream())
        .flatMap(value -> Stream.of(value.split(",")))
        .map(coding -> coding.strip().toLowerCase(Locale.ROOT))
        .map(coding -> coding.startsWith("x-") ? coding.substring(2) : coding)
        .filter(coding -> !coding.isEmpty() && !coding.equals("identity"))
        .toList();
  }

  /** Returns the headers of what was packed as those of what was in it. */
  public static Map<String, Collection<String>> withoutCoding(
      Map<String, Collection<String>> headers) {
    Map<String, Collection<String>> kept = new LinkedHashMap<>(headers);
    kept.keySet()
        .removeIf(
            name ->
                name.equalsIgnoreCase("Content-Encoding")
                    || name.equalsIgnoreCase("Content-Length"));
    return kept;
  }

  /** Returns whether all of the codings can be undone. */
  public static boolean canUndo(List<String> codings) {
    return codings.size() <= MOST_CODINGS
        && codings.stream().allMatch(coding -> coding.equals("gzip") || coding.equals("deflate"));
  }

  /** Undoes codings while the bytes arrive; reads no further than needed for what is asked. */
  public static InputStream of(InputStream packed, List<String> codings) throws IOException {
    InputStream plain = packed;
    for (int i = codings.size() - 1; i >= 0; i--) {
      plain = codings.get(i).equals("gzip") ? gunzipped(plain) : inflated(plain);
    }
    return plain;
  }

  /**
   * What a body became.
   *
   * @param bytes what could be unpacked, up to the limit
   * @param isTooLarge whether there is more
   * @param isDamaged whether the rest cannot be unpacked
   */
  record Unpacked(byte[] bytes, boolean isTooLarge, boolean isDamaged) {}

  static Unpacked of(byte[] packed, List<String> codings, int mostBytes) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    boolean isDamaged = false;
    try (InputStream plain = of(new ByteArrayInputStream(packed), codings)) {
      byte[] chunk = new byte[CHUNK];
      int read;
      while (bytes.size() <= mostBytes && (read = plain.read(chunk)) >= 0) {
        bytes.write(chunk, 0, Math.min(read, mostBytes + 1 - bytes.size()));
      }
    } catch (IOException e) {
      isDamaged = true;
    }
    boolean isTooLarge = bytes.size() > mostBytes;
    byte[] all = bytes.toByteArray();
    return new Unpacked(isTooLarge ? Arrays.copyOf(all, mostBytes) : all, isTooLarge, isDamaged);
  }

  private static InputStream gunzipped(InputStream packed) throws IOException {
    PushbackInputStream ahead = new PushbackInputStream(packed, 2);
    byte[] begin = ahead.readNBytes(2);
    ahead.unread(begin);
    boolean isPacked = begin.length == 2 && (begin[0] & 0xff) == 0x1f && (begin[1] & 0xff) == 0x8b;
    return isPacked ? new GZIPInputStream(ahead, CHUNK) : ahead;
  }

  private static InputStream inflated(InputStream packed) throws IOException {
    PushbackInputStream ahead = new PushbackInputStream(packed, 2);
    byte[] begin = ahead.readNBytes(2);
    ahead.unread(begin);
    if (begin.length < 2 || isText(begin)) {
      return ahead;
    }
    boolean hasZlibHeader =
        (begin[0] & 0x0f) == 8 && (((begin[0] & 0xff) << 8) | (begin[1] & 0xff)) % 31 == 0;
    return new InflaterInputStream(ahead, new Inflater(!hasZlibHeader), CHUNK) {
      @Override
      public void close() throws IOException {
        inf.end(); // this class ends only an inflater that it made itself
        super.close();
      }
    };
  }

  /** How JSON, markup and events begin; as raw deflate these bytes would be no block. */
  private static boolean isText(byte[] begin) {
    String text = new String(begin, StandardCharsets.US_ASCII);
    return List.of("{\"", "{\r", "{\n", "{ ", "{}", "[{", "[]", "da", "ev", ": ", "<!", "<h", "id")
        .contains(text);
  }
}
