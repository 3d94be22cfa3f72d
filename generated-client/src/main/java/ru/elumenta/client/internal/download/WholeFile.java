package ru.elumenta.client.internal.download;

import java.util.Optional;

/**
 * A file that has arrived whole.
 *
 * @param bytes its length
 * @param contentType as the host named it, in lower case and without parameters
 */
public record WholeFile(long bytes, Optional<String> contentType) {}
