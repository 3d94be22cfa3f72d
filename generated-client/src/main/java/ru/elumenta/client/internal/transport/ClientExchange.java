package ru.elumenta.client.internal.transport;

import java.io.IOException;
import java.io.InputStream;
import java.util.concurrent.TimeUnit;
import org.apache.hc.core5.http.ClassicHttpRequest;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.HttpException;
import org.apache.hc.core5.http.HttpStatus;
import org.apache.hc.core5.http.impl.DefaultConnectionReuseStrategy;
import org.apache.hc.core5.http.message.MessageSupport;

/**
 * One request and its answer on one connection. The request is written once, whatever happens. Used
 * by one thread at a time.
 */
final class ClientExchange {
  private static final long SERVERS_MARGIN = TimeUnit.SECONDS.toNanos(1);
  private static final String TIMEOUT_PARAMETER = "timeout=";

  private final ConnectionEngine engine;
  private final HttpCall call;
  private final ClassicHttpRequest request;
  private ServerConnection connection; // null before there is one
  private ClassicHttpResponse response;
  private AnswerHead head; // null before it has arrived
  private boolean isSentWhole;

  ClientExchange(ConnectionEngine engine, HttpCall call, ClassicHttpRequest request) {
    this.engine = engine;
    this.call = call;
    this.request = request;
  }

  HttpCall call() {
    return call;
  }

  /** Returns the head of the answer; null if none has arrived. */
  AnswerHead head() {
    return head;
  }

  /** Sends the request and reads the head of the answer. */
  void start(RequestMessage message, ConnectSettings connecting)
      throws IOException, HttpException, InterruptedException {
    connection = engine.connection(message.route(), call, connecting);
    message.goThrough(connection);
    if (call.isEnded() || Thread.currentThread().isInterrupted()) {
      throw new IOException("ended before anything was sent");
    }
    call.begin();
    try {
      connection.sendRequestHeader(request);
      if (request.getEntity() != null) {
        connection.sendRequestEntity(request);
      }
      connection.flush();
      isSentWhole = true;
    } catch (IOException e) {
      readEarlyAnswer(e, message.route());
      return;
    }
    try {
      receiveHead();
    } catch (IOException e) {
      throw ConnectionFailure.lateRefusal(message.route(), e).orElse(e);
    }
  }

  /** A server may answer and close before it has read all, and its answer says why. */
  private void readEarlyAnswer(IOException failure, Route route) throws IOException {
    boolean isOfSource =
        request.getEntity() instanceof UploadEntity upload && upload.failure() != null;
    if (isOfSource || call.isEnded() || Thread.currentThread().isInterrupted()) {
      throw failure;
    }
    try {
      receiveHead();
    } catch (IOException noAnswer) {
      throw ConnectionFailure.lateRefusal(route, noAnswer).orElse(failure);
    } catch (HttpException noAnswer) {
      throw failure;
    }
  }

  private void receiveHead() throws IOException, HttpException {
    do {
      response = connection.receiveResponseHeader();
      if (response.getCode() == HttpStatus.SC_SWITCHING_PROTOCOLS) {
        throw new HttpException("the server switched protocols unasked");
      }
    } while (response.getCode() < HttpStatus.SC_SUCCESS);
    if (MessageSupport.canResponseHaveBody(request.getMethod(), response)) {
      connection.receiveResponseEntity(response); // that is, makes a stream of it
    }
    head = AnswerHead.of(response);
  }

  /** Returns the body as it arrives. */
  InputStream body() throws IOException {
    return response.getEntity() == null
        ? InputStream.nullInputStream()
        : response.getEntity().getContent();
  }

  /** Returns how long the server says that the body is; negative if it does not say. */
  long declaredLength() {
    return response.getEntity() == null ? 0 : response.getEntity().getContentLength();
  }

  /** Ends it when the body was read to its end: the connection may serve another request. */
  void finish(long idleNanos) {
    engine.forget(call);
    if (!call.done()) {
      connection.drop();
    } else if (isSentWhole
        && !Thread.currentThread().isInterrupted()
        && DefaultConnectionReuseStrategy.INSTANCE.keepAlive(request, response, null)) {
      engine.keep(connection, System.nanoTime() + Math.min(idleNanos, serversIdleNanos()));
    } else {
      connection.end();
    }
  }

  /** A second less than the server names, because its clock began to run before ours. */
  private long serversIdleNanos() {
    Header keepAlive = response.getFirstHeader("Keep-Alive");
    if (keepAlive == null || keepAlive.getValue() == null) {
      return Long.MAX_VALUE >> 1;
    }
    String value = keepAlive.getValue();
    int at = value.indexOf(TIMEOUT_PARAMETER);
    int end = at < 0 ? -1 : at + TIMEOUT_PARAMETER.length();
    long seconds = -1;
    for (; end >= 0 && end < value.length() && Character.digit(value.charAt(end), 10) >= 0; end++) {
      seconds =
          Math.min(86_400, Math.max(0, seconds) * 10 + Character.digit(value.charAt(end), 10));
    }
    return seconds < 0
        ? Long.MAX_VALUE >> 1
        : Math.max(0, TimeUnit.SECONDS.toNanos(seconds) - SERVERS_MARGIN);
  }

  /** Ends it from any thread: whoever reads fails. */
  void giveUp() {
    call.end(HttpCall.End.GIVEN_UP);
    engine.forget(call);
  }

  /** Ends it however far it is: the connection is broken off. */
  void abandon() {
    engine.forget(call);
    call.done();
    if (connection != null) {
      connection.drop();
    }
  }
}
