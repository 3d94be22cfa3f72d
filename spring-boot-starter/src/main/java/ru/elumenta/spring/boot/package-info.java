/** The client as beans of a Spring Boot application. */
@NullMarked
package ru.elumenta.spring.boot;

import org.jspecify.annotations.NullMarked;
