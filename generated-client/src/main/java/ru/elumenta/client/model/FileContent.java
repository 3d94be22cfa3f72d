package ru.elumenta.client.model;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import java.util.Optional;

/**
 * A file that is sent: as the body of a request or as a part of a form, in operations of other
 * contracts ({@code format: binary}). Only its name shows in {@link #toString()}. Immutable.
 *
 * <p>Its bytes are taken into memory for each attempt, so it is for files that fit there.
 */
public final class FileContent {
  private final String name; // null without one
  private final String type; // null without one
  private final byte[] bytes; // null if they are in a file
  private final Path path;

  private FileContent(String name, String type, byte[] bytes, Path path) {
    this.name = name;
    this.type = type;
    this.bytes = bytes;
    this.path = path;
  }

  /**
   * Sends a file under the name that it has.
   *
   * @param path read at each attempt, never before
   */
  public static FileContent of(Path path) {
    Path file = Objects.requireNonNull(path, "path");
    return new FileContent(String.valueOf(file.getFileName()), null, null, file);
  }

  /**
   * Sends bytes under a name.
   *
   * @param name as a form tells it to the server; null for none
   * @param bytes copied
   */
  public static FileContent of(String name, byte[] bytes) {
    return new FileContent(name, null, bytes.clone(), null);
  }

  /**
   * Says of which media type it is; without it the contract's counts, or {@code
   * application/octet-stream}.
   *
   * @param type such as {@code image/png}
   */
  public FileContent withType(String type) {
    return new FileContent(name, Objects.requireNonNull(type, "type"), bytes, path);
  }

  /** Returns the name that a form tells the server. */
  public Optional<String> name() {
    return Optional.ofNullable(name);
  }

  /** Returns the media type, if one was said. */
  public Optional<String> type() {
    return Optional.ofNullable(type);
  }

  /**
   * Reads all of it.
   *
   * @throws IOException if it is in a file that cannot be read
   */
  public byte[] bytes() throws IOException {
    return bytes == null ? Files.readAllBytes(path) : bytes.clone();
  }

  @Override
  public String toString() {
    return name == null ? "file" : name;
  }
}
