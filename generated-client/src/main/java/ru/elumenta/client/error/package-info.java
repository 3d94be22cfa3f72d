/** The exceptions of the client itself; those of the service are in {@code ru.elumenta.error}. */
@NullMarked
package ru.elumenta.client.error;

import org.jspecify.annotations.NullMarked;
