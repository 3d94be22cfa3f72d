/**
 * When requests of an account may be sent: by one client for itself, or by all machines of a fleet
 * together.
 */
@NullMarked
package ru.elumenta.client.pacing;

import org.jspecify.annotations.NullMarked;
