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
import ru.elumenta.error.CredentialRedaction;

/**
 * What is asked of any transport: that the body is read as part of the exchange, so that one which
 * breaks off is a failure of the transport and never one of decoding; that it fails with an
 * IOException only; and that what it keeps of a response shows no credentials.
 */
public final class WholeBodyClient implements Client {
  /** Feign's own, which has its bytes at hand. */
  private static final Class<?> IN_MEMORY = inMemory();

  private final Client transport;

  /** Wraps a transport; one that delivers whole bodies already is not slowed down. */
  public WholeBodyClient(Client transport) {
    this.transport = transport;
  }

  @Override
  public Response execute(Request request, Request.Options options) throws IOException {
    if (!(options instanceof AttemptOptions attempt)) {
      throw new IllegalStateException("A request was made around the client's calls.");
    }
    if (attempt.left().isNegative() || attempt.left().isZero()) {
      throw new ExchangeException(
          ExchangeException.Kind.TIMEOUT, false, null, "time ran out before it was sent", null);
    }
    attempt.sending(request);
    try {
      Response response = transport.execute(request, options);
      attempt.answered(response);
      boolean isReady = isReady(response.body(), attempt.wantsFindings());
      Response whole = isReady ? response : whole(response);
      attempt.received(whole.body());
      return whole;
    } catch (ExchangeException e) {
      throw CredentialRedaction.isAuthentication(request)
          ? e.withoutBody()
          : e.redacted(CredentialRedaction.of(request));
    } catch (RuntimeException e) {
      // The message of a foreign exception may show anything, so only its kind is kept.
      throw new ExchangeException(
          ExchangeException.Kind.BROKEN, true, null, e.getClass().getName(), null);
    }
  }

  private static Class<?> inMemory() {
    Request any = Request.create(Request.HttpMethod.GET, "", Map.of(), null, null, null);
    return Response.builder().status(200).request(any).body(new byte[0]).build().body().getClass();
  }

  /**
   * A body that is read while it arrives is not made whole, and knows how to break off. One that is
   * in memory is left as it is, as a new response copies its headers, unless somebody wants to know
   * what is found when it is read.
   */
  private static boolean isReady(Response.Body body, boolean wantsFindings) {
    return body == null
        || body instanceof ReceivedBody
        || body instanceof ArrivingBody
        || (body.getClass() == IN_MEMORY && !wantsFindings);
  }

  private static Response whole(Response response) throws ExchangeException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (InputStream in = response.body().asInputStream()) {
      in.transferTo(bytes);
    } catch (IOException e) {
      if (response.status() >= 200 && response.status() < 300) {
        throw new ExchangeException(
            ExchangeException.Kind.BROKEN, true, partial(response, bytes), "the body broke off", e);
      }
    }
    return response.toBuilder().body(new ReceivedBody(bytes.toByteArray())).build();
  }

  private static PartialResponse partial(Response response, ByteArrayOutputStream bytes) {
    Map<String, List<String>> headers = new LinkedHashMap<>();
    response.headers().forEach((name, values) -> headers.put(name, List.copyOf(values)));
    return new PartialResponse(response.status(), headers, bytes.toByteArray());
  }
}
