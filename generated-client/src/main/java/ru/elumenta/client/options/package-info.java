/**
 * How a client behaves: retries, waiting, streams, network, time. Immutable values, each with
 * {@code defaults()} to start from.
 */
@NullMarked
package ru.elumenta.client.options;

import org.jspecify.annotations.NullMarked;
