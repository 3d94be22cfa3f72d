package ru.elumenta.client.internal.transport;

import feign.Client;
import feign.Request;
import feign.Response;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Reads the body of another transport's response as part of the exchange, so that a body that
 * breaks off is a failure of the transport and never one of decoding.
 */
public final class WholeBodyClient implements Client {
  private final Client transport;

  /** Wraps a transport; one that delivers whole bodies already is not slowed down. */
  public WholeBodyClient(Client transport) {
    this.transport = transport;
  }

  @Override
  public Response execute(Request request, Request.Options options) throws IOException {
    Response response = transport.execute(request, options);
    if (response.body() == null || response.body().isRepeatable()) {
      return response;
    }
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (InputStream in = response.body().asInputStream()) {
      in.transferTo(bytes);
    } catch (IOException e) {
      if (response.status() >= 200 && response.status() < 300) {
        throw new ExchangeException(
            ExchangeException.Kind.BROKEN, true, partial(response, bytes), "the body broke off", e);
      }
    }
    return response.toBuilder().body(bytes.toByteArray()).build();
  }

  private static PartialResponse partial(Response response, ByteArrayOutputStream bytes) {
    Map<String, List<String>> headers = new LinkedHashMap<>();
    response.headers().forEach((name, values) -> headers.put(name, List.copyOf(values)));
    return new PartialResponse(response.status(), headers, bytes.toByteArray());
  }
}
