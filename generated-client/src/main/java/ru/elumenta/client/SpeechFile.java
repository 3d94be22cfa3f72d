package ru.elumenta.client;

import java.io.InputStream;
import java.nio.file.Path;
import java.util.function.Supplier;
import ru.elumenta.client.check.Require;
import ru.elumenta.client.internal.upload.SpeechSource;

/**
 * A recording for {@link ElumentaClient#transcribe}. It is read while it is sent, never whole into
 * memory. Formats: mp3, mp4, wav, m4a, ogg, flac, webm, told by the ending of the name; 25 MB at
 * the most (page: generations/stt), which is taken as 26,214,400 bytes. Both are checked when the
 * call begins, before anything is sent.
 *
 * <p>Files and streams are read, and opened, on a thread of the client's with the caller's context
 * class loader, so that one that blocks cannot outlast the call's time limit: the call ends, the
 * read is interrupted, and the stream closed.
 *
 * <p>Immutable, and can be sent often, but for {@link #of(String, InputStream, long)}.
 */
public final class SpeechFile {
  private final String name;
  private final SpeechSource source;

  private SpeechFile(String name, SpeechSource source) {
    Require.that(name != null && !name.isBlank(), "The recording needs a name, as in speech.mp3.");
    this.name = name;
    this.source = source;
  }

  /** A file, opened anew for each attempt. Its length must not change while it is sent. */
  public static SpeechFile of(Path path) {
    Path last = Require.notNull("path", path).getFileName();
    return new SpeechFile(
        last == null ? path.toString() : last.toString(), new SpeechSource.OfPath(path));
  }

  /**
   * A recording in memory.
   *
   * @param name with the ending that tells its format
   * @param bytes not copied: leave them as they are until the call has ended
   */
  public static SpeechFile of(String name, byte[] bytes) {
    return new SpeechFile(name, new SpeechSource.Bytes(Require.notNull("bytes", bytes)));
  }

  /**
   * A stream, which can be sent once. Once a byte of it was read the request is not tried again,
   * whatever the failure; prefer a {@link #of(String, Supplier, long) supplier}. The client closes
   * it when the call ends, if need be from another thread than the one that reads.
   *
   * @param name with the ending that tells its format
   * @param length how many bytes it has; if it has more or fewer the call fails
   */
  public static SpeechFile of(String name, InputStream stream, long length) {
    Require.notNull("stream", stream);
    Require.that(length >= 0, "length must not be negative, but is %s.", length);
    return new SpeechFile(name, new SpeechSource.OneStream(stream, length));
  }

  /**
   * A recording that is opened anew for each attempt.
   *
   * @param name with the ending that tells its format
   * @param streams gives a stream of its own from the beginning each time, which is read a piece
   *     ahead; the client closes it
   * @param length how many bytes each has; if one has more or fewer the call fails
   */
  public static SpeechFile of(String name, Supplier<? extends InputStream> streams, long length) {
    Require.notNull("streams", streams);
    Require.that(length >= 0, "length must not be negative, but is %s.", length);
    return new SpeechFile(name, new SpeechSource.Streams(streams, length));
  }

  /** Returns the same recording under another name, as the service is told it. */
  public SpeechFile named(String other) {
    return new SpeechFile(other, source);
  }

  String name() {
    return name;
  }

  SpeechSource source() {
    return source;
  }

  /** Shows the name. */
  @Override
  public String toString() {
    return "SpeechFile[" + name + "]";
  }
}
