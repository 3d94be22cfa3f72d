package ru.elumenta.spring.boot;

import org.jspecify.annotations.Nullable;

/** An HTTP proxy. */
public final class ProxyProperties {
  /** Name or address of an HTTP proxy. By default the proxy that the JVM is set to. */
  private @Nullable String host;

  /** Port of the proxy. Needed with a host. */
  private @Nullable Integer port;

  /** User who asks the proxy. By default it is asked for nobody. */
  private @Nullable String user;

  /** Password of the user at the proxy. */
  private @Nullable String password;

  public @Nullable String getHost() {
    return host;
  }

  public void setHost(@Nullable String host) {
    this.host = host;
  }

  public @Nullable Integer getPort() {
    return port;
  }

  public void setPort(@Nullable Integer port) {
    this.port = port;
  }

  public @Nullable String getUser() {
    return user;
  }

  public void setUser(@Nullable String user) {
    this.user = user;
  }

  public @Nullable String getPassword() {
    return password;
  }

  public void setPassword(@Nullable String password) {
    this.password = password;
  }
}
