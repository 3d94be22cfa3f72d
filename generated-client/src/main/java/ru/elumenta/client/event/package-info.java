/**
 * What a client tells of its work: the listener of calls, and the reports that it and others are
 * given.
 */
@NullMarked
package ru.elumenta.client.event;

import org.jspecify.annotations.NullMarked;
