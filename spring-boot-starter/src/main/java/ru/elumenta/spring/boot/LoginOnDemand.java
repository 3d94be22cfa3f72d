package ru.elumenta.spring.boot;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.ReentrantLock;
import ru.elumenta.client.ElumentaSession;
import ru.elumenta.client.session.Credentials;
import ru.elumenta.client.session.LoginRequiredException;
import ru.elumenta.error.ElumentaException;

/**
 * A session that logs in by itself when a call needs a token and there is none. However many calls
 * wait, one of them logs in. What the service refuses is not tried again, so that a wrong password
 * locks no account; other failures fail the call, and the next tries again.
 */
final class LoginOnDemand implements Credentials {
  private final ElumentaSession session;
  private final SessionProperties properties;
  private final ReentrantLock login = new ReentrantLock();
  private boolean isRefused; // guarded by login

  private LoginOnDemand(ElumentaSession session, SessionProperties properties) {
    this.session = session;
    this.properties = properties;
  }

  /** Returns the session itself if the properties have nothing to log in with. */
  static Credentials of(ElumentaSession session, String prefix, SessionProperties properties) {
    if (properties.getEmail() == null && properties.getPhone() == null) {
      return session;
    }
    if (properties.getPassword() == null
        || properties.getEmail() != null && properties.getPhone() != null) {
      throw new UnusablePropertyException(
          prefix + ".session", "to log in takes a password and either an email or a phone.");
    }
    return new LoginOnDemand(session, properties);
  }

  @Override
  public String bearerToken() {
    try {
      return session.bearerToken();
    } catch (LoginRequiredException e) {
      login.lock();
      try {
        logIn(e);
      } finally {
        login.unlock();
      }
      return session.bearerToken();
    }
  }

  @Override
  public String bearerToken(Duration atMost) throws InterruptedException, TimeoutException {
    long end = System.nanoTime() + atMost.toNanos();
    try {
      return session.bearerToken(atMost);
    } catch (LoginRequiredException e) {
      if (!login.tryLock(end - System.nanoTime(), TimeUnit.NANOSECONDS)) {
        throw new TimeoutException("Another call is logging in.");
      }
      try {
        logIn(e);
      } finally {
        login.unlock();
      }
      return session.bearerToken(Duration.ofNanos(end - System.nanoTime()));
    }
  }

  private void logIn(LoginRequiredException required) {
    if (session.loggedIn()) {
      isRefused = false;
      return; // another call, another process or a person was faster
    }
    if (isRefused) {
      throw required;
    }
    String phone = properties.getPhone();
    try {
      if (phone == null) {
        session.login(properties.getEmail(), properties.getPassword());
      } else {
        session.loginWithPhone(phone, properties.getPassword());
      }
    } catch (ElumentaException e) {
      isRefused = e.context().status().orElse(0) / 100 == 4 && !e.isTransient();
      throw e;
    }
  }

  @Override
  public boolean refused(String token) {
    return session.refused(token);
  }

  @Override
  public String toString() {
    return session.toString();
  }
}
