/**
 * Every documented failure of the Elumenta API as an exception, and the Feign {@code ErrorDecoder}
 * that throws it. Usable in any Feign client.
 *
 * <p>Start with {@link ru.elumenta.error.ElumentaException}, whose {@link
 * ru.elumenta.error.ElumentaException#execution() execution()} says whether a failed call may have
 * cost tokens.
 */
@NullMarked
package ru.elumenta.error;

import org.jspecify.annotations.NullMarked;
