/**
 * Where paid calls are written down until their outcome is known; start with {@link
 * ru.elumenta.client.journal.CallJournal}.
 */
@NullMarked
package ru.elumenta.client.journal;

import org.jspecify.annotations.NullMarked;
