package ru.elumenta.client.internal.transport;

import feign.Request;
import feign.Response;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.Header;

/**
 * Status and headers of an answer.
 *
 * @param headers their names in lower case
 */
record AnswerHead(int status, Map<String, List<String>> headers) {
  static AnswerHead of(ClassicHttpResponse response) {
    Map<String, List<String>> headers = new LinkedHashMap<>();
    for (Header header : response.getHeaders()) {
      headers
          .computeIfAbsent(header.getName().toLowerCase(Locale.ROOT), name -> new ArrayList<>(1))
          .add(header.getValue() == null ? "" : header.getValue());
    }
    return new AnswerHead(response.getCode(), Collections.unmodifiableMap(headers));
  }

  boolean isSuccess() {
    return status >= 200 && status < 300;
  }

  PartialResponse with(byte[] body) {
    return new PartialResponse(status, headers, body);
  }

  /** Begins Feign's response, which copies the headers. */
  Response.Builder responseTo(Request request) {
    Map<String, Collection<String>> same = new LinkedHashMap<>(headers);
    return Response.builder().status(status).headers(same).request(request);
  }
}
