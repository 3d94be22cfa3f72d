package ru.elumenta.client.internal.transport;

import java.time.Duration;

/**
 * What making a connection takes beside its route.
 *
 * @param timeout for TCP
 * @param userAgent told to proxies
 */
record ConnectSettings(Duration timeout, String userAgent) {}
