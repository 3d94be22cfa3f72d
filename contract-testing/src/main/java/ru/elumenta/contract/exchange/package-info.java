/** Exchanges of any HTTP client with the service, and what of them does not obey the contract. */
@NullMarked
package ru.elumenta.contract.exchange;

import org.jspecify.annotations.NullMarked;
