package ru.elumenta.client.internal.transport;

import feign.Request;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The request of one attempt: it says how its answer may be packed, and has what the application
 * adds.
 */
final class AttemptRequest {
  private AttemptRequest() {}

  /** Completes a request; what it has already is left as it is. */
  static Request of(Request request, Map<String, String> further, String acceptedCodings) {
    boolean saysCodings = has(request.headers(), "Accept-Encoding");
    if (saysCodings && further.isEmpty()) {
      return request;
    }
    Map<String, Collection<String>> headers = new LinkedHashMap<>(request.headers());
    if (!saysCodings) {
      headers.put("Accept-Encoding", List.of(acceptedCodings));
    }
    further.forEach(
        (name, value) -> {
          if (!has(headers, name)) {
            headers.put(name, List.of(value));
          }
        });
    return Request.create(
        request.httpMethod(),
        request.url(),
        headers,
        request.body(),
        request.charset(),
        request.requestTemplate());
  }

  private static boolean has(Map<String, ?> headers, String name) {
    for (String present : headers.keySet()) {
      if (present.equalsIgnoreCase(name)) {
        return true;
      }
    }
    return false;
  }
}
