package ru.elumenta.client.internal.transport;

import feign.Client;
import feign.Request;
import feign.Response;
import java.io.IOException;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import ru.elumenta.client.internal.transport.ExchangeException.Kind;
import ru.elumenta.client.internal.transport.Unpacking.Unpacked;

/**
 * Asks for answers as they are or packed, and unpacks them, whatever transport brings them. Goes
 * around a client whose bodies are whole; one that is read while it arrives is unpacked by its
 * reader.
 *
 * <p>Of an error as much is kept as can be unpacked, because its status is what matters. A success
 * that is damaged, too large, or packed in a way nobody asked for is a failure.
 */
public final class UnpackingClient implements Client {
  private static final int MOST_BYTES_OF_SUCCESS = 64 << 20;
  private static final int MOST_BYTES_OF_ERROR = 1 << 20;

  private final Client whole;
  private final String accepted;

  /**
   * Wraps a client.
   *
   * @param accepted what requests say they take, unless they say so themselves
   */
  public UnpackingClient(WholeBodyClient whole, String accepted) {
    this.whole = whole;
    this.accepted = accepted;
  }

  @Override
  public Response execute(Request request, Request.Options options) throws IOException {
    Response response = whole.execute(asking(request), options);
    List<String> codings = Unpacking.codings(response.headers());
    if (codings.isEmpty() || response.body() == null || response.body() instanceof ArrivingBody) {
      return response;
    }
    boolean isSuccess = response.status() >= 200 && response.status() < 300;
    if (!Unpacking.canUndo(codings)) {
      if (isSuccess && hasContent(response)) {
        throw unreadable("is packed as " + codings + ", which was not asked for");
      }
      return response;
    }
    int mostBytes = isSuccess ? MOST_BYTES_OF_SUCCESS : MOST_BYTES_OF_ERROR;
    Unpacked plain = Unpacking.of(ReceivedBody.of(response.body()).bytes(), codings, mostBytes);
    if (isSuccess && plain.isTooLarge()) {
      throw unreadable(
          "is longer than the %d bytes this client accepts, once unpacked".formatted(mostBytes));
    }
    if (isSuccess && plain.isDamaged()) {
      throw new ExchangeException(
          Kind.BROKEN, true, null, "the packed body is damaged or broke off", null);
    }
    ReceivedBody body = new ReceivedBody(plain.bytes());
    if (options instanceof AttemptOptions attempt) {
      attempt.received(body);
    }
    return response.toBuilder()
        .headers(Unpacking.withoutCoding(response.headers()))
        .body(body)
        .build();
  }

  private Request asking(Request request) {
    for (String name : request.headers().keySet()) {
      if (name.equalsIgnoreCase("Accept-Encoding")) {
        return request;
      }
    }
    Map<String, Collection<String>> headers = new LinkedHashMap<>(request.headers());
    headers.put("Accept-Encoding", List.of(accepted));
    return Request.create(
        request.httpMethod(),
        request.url(),
        headers,
        request.body(),
        request.charset(),
        request.requestTemplate());
  }

  private static boolean hasContent(Response response) {
    Integer length = response.body().length();
    return length == null || length > 0;
  }

  private static ExchangeException unreadable(String problem) {
    return new ExchangeException(Kind.TOO_LARGE, true, null, problem, null);
  }
}
