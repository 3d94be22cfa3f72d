package ru.elumenta.contract.simulator;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What the service answers.
 *
 * @param contentType null without a body
 */
record Answer(int status, String contentType, byte[] body, Map<String, String> headers) {
  static Answer json(Object value) {
    return json(200, value, Map.of());
  }

  static Answer json(int status, Object value, Map<String, String> headers) {
    return new Answer(status, "application/json", Json.bytes(value), headers);
  }

  static Answer empty(int status) {
    return new Answer(status, null, new byte[0], Map.of());
  }

  Answer with(String header, String value) {
    Map<String, String> more = new LinkedHashMap<>(headers);
    more.put(header, value);
    return new Answer(status, contentType, body, more);
  }

  Answer withBody(byte[] other) {
    return new Answer(status, contentType, other, headers);
  }
}
