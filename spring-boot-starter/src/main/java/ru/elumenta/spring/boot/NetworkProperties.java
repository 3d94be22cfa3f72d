package ru.elumenta.spring.boot;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.NestedConfigurationProperty;

/** How requests get to the service; see {@link ru.elumenta.client.options.NetworkOptions}. */
public final class NetworkProperties {
  /** Time to connect, TCP alone. */
  private Duration connectTimeout = Duration.ofSeconds(10);

  /** How long unused connections are kept. */
  private Duration idleTime = Duration.ofSeconds(30);

  /** What the User-Agent has after this client, for example shop/1.4. */
  private @Nullable String application;

  /** Whether no proxy is used, whatever the JVM is set to. */
  private boolean direct = false;

  @NestedConfigurationProperty private final ProxyProperties proxy = new ProxyProperties();

  /** Further headers of each request to the service, such as one that a gateway wants. */
  private final Map<String, String> headers = new LinkedHashMap<>();

  public Duration getConnectTimeout() {
    return connectTimeout;
  }

  public void setConnectTimeout(Duration connectTimeout) {
    this.connectTimeout = connectTimeout;
  }

  public Duration getIdleTime() {
    return idleTime;
  }

  public void setIdleTime(Duration idleTime) {
    this.idleTime = idleTime;
  }

  public @Nullable String getApplication() {
    return application;
  }

  public void setApplication(@Nullable String application) {
    this.application = application;
  }

  public boolean isDirect() {
    return direct;
  }

  public void setDirect(boolean direct) {
    this.direct = direct;
  }

  public ProxyProperties getProxy() {
    return proxy;
  }

  public Map<String, String> getHeaders() {
    return headers;
  }
}
