package ru.elumenta.contract.scenario;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The answer that comes in place of the service's, or the words of a failure. */
record FaultReply(
    int status, @Nullable String contentType, @Nullable String body, Map<String, String> headers) {
  static final FaultReply NONE = new FaultReply(0, null, null, Map.of());
}
