/** Elumenta on the command line. */
@NullMarked
package ru.elumenta.cli;

import org.jspecify.annotations.NullMarked;
