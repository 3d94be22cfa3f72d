/** What a client authenticates with: credentials, and where the tokens of a session are kept. */
@NullMarked
package ru.elumenta.client.session;

import org.jspecify.annotations.NullMarked;
