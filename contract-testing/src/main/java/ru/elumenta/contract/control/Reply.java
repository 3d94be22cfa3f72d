package ru.elumenta.contract.control;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;

/**
 * What is answered.
 *
 * @param location where else to look, or null
 */
record Reply(int status, String type, String body, String location) {
  private static final ObjectMapper MAPPER = new ObjectMapper();

  static Reply json(int status, Object value) {
    try {
      return new Reply(status, "application/json", MAPPER.writeValueAsString(value) + "\n", null);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }

  static Reply text(String type, String body) {
    return new Reply(200, type + "; charset=utf-8", body, null);
  }

  static Reply seeOther(String location) {
    return new Reply(303, "text/plain", "", location);
  }
}
