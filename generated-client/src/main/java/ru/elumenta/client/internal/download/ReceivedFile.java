package ru.elumenta.client.internal.download;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedByInterruptException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import ru.elumenta.client.error.DownloadFailedException.Reason;
import ru.elumenta.client.internal.download.FileHosts.Answer;
import ru.elumenta.error.ElumentaException;

/** What has come of a file, of which version it is, and what may be added to it. One thread. */
final class ReceivedFile {
  /** What hosts put in the place of a file when something is wrong; no page shows such a result. */
  private static final Set<String> NO_FILES =
      Set.of(
          "text/html", "application/xhtml+xml", "application/json", "application/xml", "text/xml");

  private final Target target;
  private final long maxBytes;
  private final DownloadFailures failures;

  private long received; // what the target holds
  private FileVersion version; // of what it holds; null if that cannot be gone on with
  private Optional<String> contentType = Optional.empty();

  ReceivedFile(Target target, long maxBytes, DownloadFailures failures) {
    this.target = target;
    this.maxBytes = maxBytes;
    this.failures = failures;
  }

  /** Returns how many bytes there are. */
  long received() {
    return received;
  }

  /** Returns how many there will be, if the host has said. */
  OptionalLong length() {
    return version.length();
  }

  /** Asks for what is missing; starts over first if that cannot be asked for. */
  Map<String, String> headers() {
    if (received > 0 && (version == null || version.validator() == null)) {
      startOver("it cannot be gone on with where it broke off");
    }
    Map<String, String> headers = new LinkedHashMap<>(DownloadFailures.plain());
    if (received > 0) {
      headers.put("Range", "bytes=" + received + "-");
      headers.put("If-Range", version.validator());
    }
    return headers;
  }

  /** What it holds is not gone on with. */
  void forget() {
    version = null;
  }

  /** A whole file comes, whatever was asked for. */
  void begin(Answer answer) {
    if (received > 0) {
      startOver("the host sends it from its beginning again, perhaps another one");
    }
    Map<String, List<String>> headers = answer.headers();
    version = FileVersion.of(headers);
    contentType =
        FileVersion.first(headers, "content-type")
            .map(type -> type.split(";", 2)[0].strip().toLowerCase(Locale.ROOT));
    if (contentType.filter(NO_FILES::contains).isPresent()) {
      throw noFile(answer, "the host sent " + contentType.get() + " in its place");
    }
    boolean isPacked =
        FileVersion.first(headers, "content-encoding")
            .filter(coding -> !coding.equalsIgnoreCase("identity"))
            .isPresent();
    if (isPacked) {
      throw noFile(answer, "the host packed it, which was not asked for");
    }
    if (version.total() == 0) {
      throw noFile(answer, "the host sent nothing");
    }
    if (version.total() < 0 && FileVersion.first(headers, "transfer-encoding").isEmpty()) {
      throw noFile(
          answer,
          "the host does not say how long it is, so a part of it would look like the whole");
    }
    checkSize(answer, version.total());
  }

  private ElumentaException noFile(Answer answer, String problem) {
    return failures.of(answer, Reason.NOT_THE_FILE, problem);
  }

  private void checkSize(Answer answer, long bytes) {
    if (bytes > maxBytes) {
      throw failures.of(
          answer,
          Reason.TOO_LARGE,
          "it has %s bytes, and %d are allowed"
              .formatted(version.total() >= 0 ? Long.toString(version.total()) : "more", maxBytes));
    }
  }

  /** The rest of the file comes, or what is said to be that. */
  void goOn(Answer answer) throws Setback {
    Optional<ContentRange> range = ContentRange.of(answer.headers());
    boolean isRest =
        range.isPresent()
            && range.get().first() == received
            && (version.total() < 0
                || range.get().total() < 0
                || range.get().total() == version.total())
            && !version.differsFrom(answer.headers());
    if (!isRest) {
      version = null;
      throw new Setback(
          failures.brokenOff("the host sent another part than was asked for", received, null));
    }
    if (version.total() < 0) {
      version = new FileVersion(version.validator(), range.get().total());
      checkSize(answer, version.total());
    }
  }

  /** Takes the next bytes of an answer. */
  void add(List<ByteBuffer> taken, Answer answer) {
    try {
      for (ByteBuffer bytes : taken) {
        int length = bytes.remaining();
        checkSize(answer, received + length);
        target.write(bytes);
        received += length;
      }
    } catch (IOException e) {
      throw unwritable(e);
    }
  }

  /** Checks at the end of a body that it was the end of the file. */
  void checkWhole() throws Setback {
    if (version.total() >= 0 && received != version.total()) {
      throw new Setback(failures.brokenOff("of %d".formatted(version.total()), received, null));
    }
  }

  WholeFile finish() {
    try {
      target.finish();
    } catch (IOException e) {
      throw unwritable(e);
    }
    return new WholeFile(received, contentType);
  }

  private void startOver(String why) {
    try {
      if (!target.startOver()) {
        throw failures.brokenOff(
            why + "; part of it is in the stream already. To a path it can be started over",
            received,
            null);
      }
    } catch (IOException e) {
      throw unwritable(e);
    }
    received = 0;
    version = null;
  }

  private ElumentaException unwritable(IOException e) {
    return e instanceof ClosedByInterruptException
        ? failures.interrupted("while a file was written")
        : failures.unwritable(target, e);
  }
}
