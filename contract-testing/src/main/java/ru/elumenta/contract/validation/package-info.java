/** How exchanges are held against the contract. No part of the API: may change at any time. */
package ru.elumenta.contract.validation;
