/**
 * What the simulated service is to be like: faults of answers, connections, rows and streams, the
 * user's plan, the dialect.
 */
@NullMarked
package ru.elumenta.contract.scenario;

import org.jspecify.annotations.NullMarked;
