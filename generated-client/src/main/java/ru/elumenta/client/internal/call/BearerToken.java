package ru.elumenta.client.internal.call;

import feign.interceptor.Invocation;
import feign.interceptor.MethodInterceptor;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeoutException;
import ru.elumenta.client.api.NoCredentials;
import ru.elumenta.client.internal.transport.AttemptOptions;
import ru.elumenta.client.internal.transport.ExchangeException;
import ru.elumenta.client.internal.transport.ExchangeException.Kind;
import ru.elumenta.client.session.Credentials;

/** Adds the Authorization header to each attempt, once, unless the operation takes none. */
public final class BearerToken implements MethodInterceptor {
  private final Credentials credentials;

  private final Set<Asking> asking = ConcurrentHashMap.newKeySet();
  private volatile boolean isClosed;

  /** Creates an interceptor that asks the credentials for every attempt. */
  public BearerToken(Credentials credentials) {
    this.credentials = credentials;
  }

  /** The template is still the attempt's own here, and so are its options among the arguments. */
  @Override
  public Object intercept(Invocation invocation, Chain chain) throws Throwable {
    if (!invocation.method().isAnnotationPresent(NoCredentials.class)) {
      AttemptOptions attempt = AttemptOptions.among(invocation.arguments());
      String token = token(attempt.left());
      attempt.authorized(() -> credentials.refused(token));
      invocation.requestTemplate().headerLiteral("Authorization", "Bearer " + token);
    }
    return chain.next(invocation);
  }

  private String token(Duration atMost) {
    String token;
    try {
      token = asked(atMost);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new NoTokenException(
          ExchangeException.notSent(Kind.INTERRUPTED, "while waiting for an access token", null));
    } catch (NoTokenException e) {
      throw e;
    } catch (TimeoutException e) {
      throw new NoTokenException(
          ExchangeException.notSent(Kind.TIMEOUT, "time ran out before there was a token", e));
    } catch (RuntimeException e) {
      throw new NoTokenException(e);
    }
    if (token == null || token.isEmpty() || !isVisible(token)) {
      throw new NoTokenException(
          new IllegalStateException(
              "The credentials gave a token that is null or empty, or has a character that no"
                  + " header may have, such as a line break; nothing was sent."));
    }
    return token;
  }

  private static boolean isVisible(String token) {
    for (int i = 0; i < token.length(); i++) {
      if (token.charAt(i) <= ' ' || token.charAt(i) >= 0x7F) {
        return false;
      }
    }
    return true;
  }

  private String asked(Duration atMost) throws InterruptedException, TimeoutException {
    Asking mine = new Asking();
    asking.add(mine);
    try {
      if (isClosed) { // looked at once closing can see who asks
        throw closed();
      }
      return credentials.bearerToken(atMost);
    } catch (InterruptedException e) {
      if (mine.end()) {
        throw closed();
      }
      throw e;
    } finally {
      asking.remove(mine);
      if (mine.end()) {
        Thread.interrupted(); // meant for the credentials alone, which did not heed it
      }
    }
  }

  private static NoTokenException closed() {
    return new NoTokenException(
        ExchangeException.notSent(Kind.INTERRUPTED, "because the client is closed", null));
  }

  /** Ends the waiting for tokens. */
  public void close() {
    isClosed = true;
    asking.forEach(Asking::wake);
  }

  /** A thread that the credentials keep waiting; its lock is its own, so that no other waits. */
  private static final class Asking {
    private final Thread thread = Thread.currentThread();
    private boolean hasEnded; // guarded by this
    private boolean wasWoken; // guarded by this

    /** Interrupts the thread, unless it asks no more. */
    synchronized void wake() {
      if (!hasEnded) {
        wasWoken = true;
        thread.interrupt();
      }
    }

    /** Ends the asking; returns whether the thread was woken, the first time. */
    synchronized boolean end() {
      boolean result = wasWoken;
      hasEnded = true;
      wasWoken = false;
      return result;
    }
  }
}
