/** The simulator of the service in the context of a Spring test. */
@NullMarked
package ru.elumenta.spring.test;

import org.jspecify.annotations.NullMarked;
