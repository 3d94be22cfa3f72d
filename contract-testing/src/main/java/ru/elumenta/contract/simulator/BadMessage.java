package ru.elumenta.contract.simulator;

import java.io.IOException;

/** What came is no HTTP request, or none that is whole. The message says why, for people. */
final class BadMessage extends IOException {
  BadMessage(String message) {
    super(message);
  }
}
