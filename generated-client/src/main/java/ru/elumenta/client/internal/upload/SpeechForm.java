package ru.elumenta.client.internal.upload;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import ru.elumenta.client.error.SpeechFileException.Reason;
import ru.elumenta.client.internal.transport.UnusableSource;
import ru.elumenta.client.internal.transport.Upload;

/**
 * The form that a recording is sent in ({@code multipart/form-data}, RFC 7578), for one call. Used
 * by one thread at a time.
 */
public final class SpeechForm implements Upload, AutoCloseable {
  /** 25 MB (page: generations/stt); which kind of MB is not said, so the larger is let through. */
  public static final long MOST_BYTES = 25L << 20;

  private final String boundary = "elumenta-" + UUID.randomUUID();
  private final SpeechSource source;
  private final String model;
  private final long fileLength;
  private final byte[] head;
  private final byte[] tail;
  private byte[] whole; // null unless it is to be sent from memory

  private SpeechForm(
      SpeechSource source,
      long fileLength,
      String name,
      String type,
      String model,
      Map<String, String> fields) {
    this.source = source;
    this.model = model;
    this.fileLength = fileLength;
    StringBuilder text = new StringBuilder();
    fields.forEach(
        (field, value) ->
            text.append("--%s\r\n".formatted(boundary))
                .append("Content-Disposition: form-data; name=\"%s\"\r\n\r\n".formatted(field))
                .append(value)
                .append("\r\n"));
    text.append("--%s\r\n".formatted(boundary))
        .append("Content-Disposition: form-data; name=\"audio\"; filename=\"")
        .append(quotable(name))
        .append("\"\r\nContent-Type: %s\r\n\r\n".formatted(type));
    this.head = text.toString().getBytes(StandardCharsets.UTF_8);
    this.tail = "\r\n--%s--\r\n".formatted(boundary).getBytes(StandardCharsets.US_ASCII);
  }

  /**
   * Begins a call, once all that can be checked before is in order.
   *
   * @param name of the file
   * @param model the slug that the call is for, sent or not
   * @param fields beside the file
   * @throws UnusableSource if the recording cannot be sent
   */
  public static SpeechForm begin(
      SpeechSource source, String name, String model, Map<String, String> fields)
      throws IOException {
    SpeechFormat format =
        SpeechFormat.ofName(name)
            .orElseThrow(
                () ->
                    new UnusableSource(
                        Reason.FORMAT,
                        "its name, %s, ends in none of the formats that the service takes: %s"
                            .formatted(quotable(name), SpeechFormat.list())));
    long length = source.begin();
    if (length == 0) {
      throw new UnusableSource(Reason.UNREADABLE, "it is empty");
    }
    if (length > MOST_BYTES) {
      throw new UnusableSource(
          Reason.TOO_LARGE,
          "it has %d bytes, and the service takes %d (25 MB) at the most"
              .formatted(length, MOST_BYTES));
    }
    return new SpeechForm(source, length, name, format.type(), model, new LinkedHashMap<>(fields));
  }

  /**
   * Makes a name fit for the quotes around it, as browsers do (HTML, "multipart/form-data"); what
   * would end the line or the quotes early for any reader is replaced.
   */
  private static String quotable(String name) {
    return name.replace("\"", "%22").replaceAll("[\\p{Cc}\\\\\\u2028\\u2029]", "_");
  }

  /** Returns the header that goes with it. */
  public String contentType() {
    return "multipart/form-data; boundary=" + boundary;
  }

  @Override
  public long length() {
    return head.length + fileLength + tail.length;
  }

  @Override
  public InputStream open() throws IOException {
    InputStream file = new ExactLength(source.open(), fileLength);
    List<InputStream> parts =
        List.of(new ByteArrayInputStream(head), file, new ByteArrayInputStream(tail));
    return new SequenceInputStream(Collections.enumeration(parts)) {
      /** May come while another thread reads, and from part to part at that. */
      @Override
      public void close() throws IOException {
        file.close();
      }
    };
  }

  /** Sends it from memory, for a transport that sends nothing else. */
  void sendFrom(byte[] memory) {
    whole = memory;
  }

  /** Returns it, if it was taken into memory; else null. */
  public byte[] whole() {
    return whole;
  }

  @Override
  public boolean mayBlock() {
    return source.mayBlock();
  }

  @Override
  public boolean isSpent() {
    return whole == null && source.isSpent();
  }

  @Override
  public String model() {
    return model;
  }

  /** Ends the call. */
  @Override
  public void close() {
    source.end();
  }
}
