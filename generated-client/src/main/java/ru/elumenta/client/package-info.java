/**
 * What an application touches: {@link ru.elumenta.client.ElumentaClient}, its builder and options,
 * jobs and credentials. The interfaces in {@code ru.elumenta.client.api} and the models in {@code
 * ru.elumenta.client.model} are generated from the contract; {@code ru.elumenta.client.internal} is
 * nobody's business and may change at any time.
 */
@NullMarked
package ru.elumenta.client;

import org.jspecify.annotations.NullMarked;
