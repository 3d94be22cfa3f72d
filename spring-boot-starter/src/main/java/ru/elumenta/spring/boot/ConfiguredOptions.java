package ru.elumenta.spring.boot;

import java.util.function.Supplier;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.NoSuchBeanDefinitionException;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.ssl.NoSuchSslBundleException;
import org.springframework.boot.ssl.SslBundles;
import org.springframework.core.NestedExceptionUtils;
import ru.elumenta.client.options.CircuitBreakerOptions;
import ru.elumenta.client.options.NetworkOptions;
import ru.elumenta.client.options.PollingOptions;
import ru.elumenta.client.options.RetryOptions;
import ru.elumenta.client.options.StreamOptions;

/**
 * The options that the properties of one client say. What the client refuses is refused with the
 * property's name.
 *
 * @param prefix what the properties begin with
 */
record ConfiguredOptions(
    String prefix, ElumentaClientProperties properties, ObjectProvider<SslBundles> bundles) {

  RetryOptions retry() {
    RetryProperties retry = properties.getRetry();
    return checked(
        "retry",
        () ->
            new RetryOptions(
                retry.getMaxAttempts(),
                retry.getFirstBackOff(),
                retry.getMaxBackOff(),
                retry.getJitter(),
                retry.getRateLimitWait(),
                retry.getBudget()));
  }

  PollingOptions polling() {
    PollingProperties polling = properties.getPolling();
    return checked(
        "polling",
        () ->
            new PollingOptions(
                polling.getInterval(),
                polling.getFirstDelay() == null ? polling.getInterval() : polling.getFirstDelay(),
                polling.getLimit(),
                polling.getVideoLimit(),
                polling.getJitter(),
                polling.getMaxFailedPolls()));
  }

  StreamOptions streaming() {
    StreamingProperties streaming = properties.getStreaming();
    return checked(
        "streaming",
        () -> {
          StreamOptions options = StreamOptions.defaults().withLimit(streaming.getLimit());
          options = streaming.getIdle() == null ? options : options.withIdle(streaming.getIdle());
          return streaming.isKeepText() ? options : options.withoutText();
        });
  }

  @Nullable CircuitBreakerOptions circuitBreaker() {
    CircuitBreakerProperties breaker = properties.getCircuitBreaker();
    return breaker.isEnabled()
        ? checked(
            "circuit-breaker",
            () -> new CircuitBreakerOptions(breaker.getFailures(), breaker.getPause()))
        : null;
  }

  NetworkOptions network() {
    NetworkOptions options = checked("network", this::direct);
    options = checked("network.proxy", with(options));
    String bundle = properties.getSsl().getBundle();
    return bundle == null ? options : options.withTls(tls(bundle));
  }

  private SSLContext tls(String bundle) {
    String why;
    RuntimeException cause;
    try {
      return bundles.getObject().getBundle(bundle).createSslContext();
    } catch (NoSuchSslBundleException | NoSuchBeanDefinitionException e) {
      why = "there is none of the name '" + bundle + "'; give one of spring.ssl.bundle.";
      cause = e;
    } catch (RuntimeException e) { // each kind of store has its own
      why = "'" + bundle + "' cannot be read: " + NestedExceptionUtils.getMostSpecificCause(e);
      cause = e;
    }
    throw new UnusablePropertyException(prefix + ".ssl.bundle", why, cause);
  }

  private NetworkOptions direct() {
    NetworkProperties network = properties.getNetwork();
    NetworkOptions options =
        NetworkOptions.defaults()
            .withConnectTimeout(network.getConnectTimeout())
            .withIdleTime(network.getIdleTime());
    options = network.isDirect() ? options.withoutProxy() : options;
    options =
        network.getApplication() == null
            ? options
            : options.withApplication(network.getApplication());
    for (var header : network.getHeaders().entrySet()) {
      options = options.withHeader(header.getKey(), header.getValue());
    }
    return options;
  }

  private Supplier<NetworkOptions> with(NetworkOptions options) {
    ProxyProperties proxy = properties.getNetwork().getProxy();
    return () -> {
      if (proxy.getHost() == null) {
        if (proxy.getPort() != null || proxy.getUser() != null || proxy.getPassword() != null) {
          throw new IllegalArgumentException("The proxy has no host.");
        }
        return options;
      }
      if (options.isDirect()) {
        throw new IllegalArgumentException("There is a proxy, and network.direct says none.");
      }
      if (proxy.getUser() == null && proxy.getPassword() != null) {
        throw new IllegalArgumentException("The proxy has a password, but no user for it.");
      }
      int port = proxy.getPort() == null ? 0 : proxy.getPort(); // which is refused
      return proxy.getUser() == null
          ? options.withProxy(proxy.getHost(), port)
          : options.withProxy(
              proxy.getHost(),
              port,
              proxy.getUser(),
              proxy.getPassword() == null ? "" : proxy.getPassword());
    };
  }

  <T> T checked(String group, Supplier<T> option) {
    try {
      return option.get();
    } catch (IllegalArgumentException e) {
      throw UnusablePropertyException.of(prefix + "." + group, e);
    }
  }
}
