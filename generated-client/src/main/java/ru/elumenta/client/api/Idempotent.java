package ru.elumenta.client.api;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Marks an operation that may be sent again without further effect although its method is POST or
 * PATCH. Comes from {@code x-idempotent: true} in the contract; GET, HEAD, PUT and DELETE are
 * idempotent by method and need no mark.
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.METHOD)
public @interface Idempotent {}
