package ru.elumenta.client.internal.transport;

import feign.Response;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.Reader;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import ru.elumenta.client.event.AnswerFinding;
import ru.elumenta.error.CredentialRedaction;

/**
 * A whole body in memory. Its reader is one that Feign's Jackson decoder takes as it is: it can
 * mark, so that no second buffer is put around it. Used by one thread.
 */
public final class ReceivedBody implements Response.Body {
  private static final int MOST_FINDINGS = 100;

  /** How much of a body is kept of every answer. */
  public static final int MOST_BYTES_KEPT = 1 << 20;

  private final byte[] bytes;
  private UnaryOperator<String> redaction = UnaryOperator.identity();
  private boolean isKept = true;
  private Supplier<String> kept; // made when first asked for
  private List<AnswerFinding> findings = List.of();

  /** Takes the bytes over; they are not copied, and nobody may change them. */
  public ReceivedBody(byte[] bytes) {
    this.bytes = bytes;
  }

  /** Returns the body of a response, from which those of its request's credentials are taken. */
  public static ReceivedBody of(Response response) throws IOException {
    ReceivedBody body = of(response.body());
    if (body != response.body()) {
      body.redact(CredentialRedaction.of(response.request()));
    }
    return body;
  }

  /** Returns a body as its bytes, without copying those of a body of this kind. */
  public static ReceivedBody of(Response.Body body) throws IOException {
    if (body == null) {
      return new ReceivedBody(new byte[0]);
    }
    if (body instanceof ReceivedBody received) {
      return received;
    }
    try (InputStream in = body.asInputStream()) {
      return new ReceivedBody(in.readAllBytes());
    }
  }

  /** Returns the bytes themselves, not to be changed. */
  public byte[] bytes() {
    return bytes;
  }

  /** Takes credentials out of what is kept, once somebody looks at it. */
  void redact(UnaryOperator<String> redaction) {
    this.redaction = redaction;
  }

  /** What is read from this body does not keep it: it shows new credentials. */
  public void keepNothing() {
    isKept = false;
  }

  /**
   * Returns what those that are read from this body keep of it: the text of its first mebibyte, in
   * one array for all; null for nothing.
   */
  public Supplier<String> kept() {
    if (isKept && kept == null) {
      byte[] most = bytes.length > MOST_BYTES_KEPT ? Arrays.copyOf(bytes, MOST_BYTES_KEPT) : bytes;
      UnaryOperator<String> clean = redaction;
      kept = () -> clean.apply(new String(most, StandardCharsets.UTF_8));
    }
    return kept;
  }

  /** Takes note of something odd. */
  public void found(AnswerFinding finding) {
    if (findings.isEmpty()) {
      findings = new ArrayList<>();
    }
    findings.add(finding);
  }

  /** Returns whether there are few findings so far: after a hundred there is no news in more. */
  public boolean wantsFindings() {
    return findings.size() < MOST_FINDINGS;
  }

  List<AnswerFinding> findings() {
    return List.copyOf(findings);
  }

  @Override
  public Integer length() {
    return bytes.length;
  }

  @Override
  public boolean isRepeatable() {
    return true;
  }

  @Override
  public InputStream asInputStream() {
    return new ByteArrayInputStream(bytes);
  }

  /** Reads UTF-8, whatever the header says: JSON that is exchanged has no other encoding. */
  @Override
  public Reader asReader(Charset charset) {
    return new StrictUtf8Reader(this);
  }

  @Override
  public void close() {}
}
