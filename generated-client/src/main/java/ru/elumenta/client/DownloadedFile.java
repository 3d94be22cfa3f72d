package ru.elumenta.client;

import java.util.Optional;

/**
 * A file that was downloaded whole.
 *
 * @param bytes its length
 * @param contentType its type as the host named it, in lower case and without parameters
 */
public record DownloadedFile(long bytes, Optional<String> contentType) {}
