/**
 * Thousands of generations from a file, within limits and a budget, through crashes; start with
 * {@link ru.elumenta.client.batch.Batch}.
 */
@NullMarked
package ru.elumenta.client.batch;

import org.jspecify.annotations.NullMarked;
