package ru.elumenta.client.internal.download;

import java.time.Duration;
import ru.elumenta.client.event.DownloadProgress;
import ru.elumenta.client.internal.call.Deadline;
import ru.elumenta.client.internal.call.Pause;
import ru.elumenta.client.options.RetryOptions;
import ru.elumenta.client.options.TimeSource;

/**
 * What holds for one download.
 *
 * @param retry how often in a row requests may bring nothing, and the waits
 * @param idle how long nothing may come
 * @param whole the end of it
 * @param maxBytes the longest file
 */
public record DownloadTerms(
    TimeSource time,
    Pause pause,
    RetryOptions retry,
    Duration idle,
    Deadline whole,
    long maxBytes,
    DownloadProgress progress) {}
