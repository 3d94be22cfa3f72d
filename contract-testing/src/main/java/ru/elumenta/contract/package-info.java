/**
 * Tests against the contract: a validator of requests and responses, a simulator of the service,
 * and a JUnit 5 extension that brings both into a test.
 */
@NullMarked
package ru.elumenta.contract;

import org.jspecify.annotations.NullMarked;
