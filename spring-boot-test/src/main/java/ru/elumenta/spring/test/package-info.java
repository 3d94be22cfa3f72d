/** The simulator of the service in the context of a Spring test. */
package ru.elumenta.spring.test;
