/**
 * Metrics and traces of what a client does. {@link ru.elumenta.micrometer.ElumentaTelemetry} is the
 * entry; {@link ru.elumenta.micrometer.ElumentaMeters} and {@link
 * ru.elumenta.micrometer.ElumentaObservations} name all that there is; the conventions are for who
 * wants other names.
 */
@NullMarked
package ru.elumenta.micrometer;

import org.jspecify.annotations.NullMarked;
