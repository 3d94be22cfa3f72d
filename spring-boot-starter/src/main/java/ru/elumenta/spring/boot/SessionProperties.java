package ru.elumenta.spring.boot;

import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * A user who is logged in, in place of an API key; see {@link ru.elumenta.client.ElumentaSession}.
 */
public final class SessionProperties {
  /** File in which the tokens of the session are kept. By default they are kept in memory. */
  private @Nullable Path file;

  /** E-mail address that is logged in with when a call needs a token and there is no session. */
  private @Nullable String email;

  /** Phone number to log in with in place of an e-mail address, with plus sign and country code. */
  private @Nullable String phone;

  /** Password that is logged in with. */
  private @Nullable String password;

  /** Time for one request of the session itself, such as a renewal. */
  private Duration attemptTimeout = Duration.ofSeconds(30);

  /** How long before its end an access token is renewed. */
  private Duration renewAhead = Duration.ofMinutes(1);

  public @Nullable Path getFile() {
    return file;
  }

  public void setFile(@Nullable Path file) {
    this.file = file;
  }

  public @Nullable String getEmail() {
    return email;
  }

  public void setEmail(@Nullable String email) {
    this.email = email;
  }

  public @Nullable String getPhone() {
    return phone;
  }

  public void setPhone(@Nullable String phone) {
    this.phone = phone;
  }

  public @Nullable String getPassword() {
    return password;
  }

  public void setPassword(@Nullable String password) {
    this.password = password;
  }

  public Duration getAttemptTimeout() {
    return attemptTimeout;
  }

  public void setAttemptTimeout(Duration attemptTimeout) {
    this.attemptTimeout = attemptTimeout;
  }

  public Duration getRenewAhead() {
    return renewAhead;
  }

  public void setRenewAhead(Duration renewAhead) {
    this.renewAhead = renewAhead;
  }

  /** Returns whether a session was asked for. */
  boolean isWanted() {
    return file != null || email != null || phone != null;
  }
}
