package ru.elumenta.contract.exchange;

import com.github.tomakehurst.wiremock.http.HttpHeaders;
import com.github.tomakehurst.wiremock.http.LoggedResponse;
import com.github.tomakehurst.wiremock.http.Request;
import com.github.tomakehurst.wiremock.stubbing.ServeEvent;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Takes what a WireMock received and answered. WireMock 3, {@code wiremock} or {@code
 * wiremock-standalone}, is a dependency of the project that calls this; nothing else here needs it.
 *
 * <p>These are no overloads of {@link Exchange#of}: a compiler asks for the types of every
 * overload, also in projects without WireMock.
 */
public final class WireMockExchange {
  private WireMockExchange() {}

  /** Takes what WireMock received and answered. */
  public static Exchange of(ServeEvent event) {
    read(event);
    return Exchange.of(requestOf(event.getRequest()), responseOf(event.getResponse()));
  }

  /** Takes a request that WireMock received. */
  public static RequestMessage requestOf(Request request) {
    read(request);
    return RequestMessage.of(
        request.getMethod().getName(),
        request.getUrl(),
        fields(request.getHeaders()),
        request.getBody());
  }

  /** Takes a response that WireMock gave. */
  public static ResponseMessage responseOf(LoggedResponse response) {
    read(response);
    return ResponseMessage.of(
        response.getStatus(), fields(response.getHeaders()), response.getBody());
  }

  private static Map<String, List<String>> fields(@Nullable HttpHeaders headers) {
    Map<String, List<String>> fields = new LinkedHashMap<>();
    if (headers != null) {
      headers.all().forEach(header -> fields.put(header.key(), header.values()));
    }
    return fields;
  }

  /**
   * Lets this module use WireMock's classes. Its standalone jar and org.jspecify have a package in
   * common, so that no JVM starts with both on its module path: it is on the class path, which a
   * named module does not read by itself. Without effect where there are no named modules.
   */
  private static void read(Object wireMocks) {
    WireMockExchange.class.getModule().addReads(wireMocks.getClass().getModule());
  }
}
