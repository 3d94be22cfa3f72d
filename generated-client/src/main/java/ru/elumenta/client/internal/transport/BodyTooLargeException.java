package ru.elumenta.client.internal.transport;

import java.io.IOException;

/** A body that goes on beyond the limit. */
final class BodyTooLargeException extends IOException {
  BodyTooLargeException(long limit) {
    super("is longer than the " + limit + " bytes this client accepts");
  }
}
