package ru.elumenta.client.internal.download;

import feign.Client;
import feign.Request;
import feign.Response;
import java.io.IOException;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import ru.elumenta.client.internal.download.AddressRule.RefusedAddress;
import ru.elumenta.client.internal.transport.AttemptOptions;
import ru.elumenta.client.internal.transport.HttpTransport;
import ru.elumenta.client.options.TimeSource;

/**
 * The way to the hosts that keep files. Its requests know neither the credentials of the client nor
 * cookies, and follows redirects by hand, as each is looked at. Thread-safe.
 */
public final class FileHosts {
  static final int MOST_REDIRECTS = 5;
  private static final Set<Integer> REDIRECTS = Set.of(301, 302, 303, 307, 308);

  private final AddressRule rule;
  private final TimeSource time;
  private final HostLookUp lookUp;
  private final Supplier<HttpTransport> transports;
  private HttpTransport transport; // guarded by this; null until there is something to fetch
  private boolean isClosed; // guarded by this

  /**
   * Creates it; nothing is opened before the first download.
   *
   * @param isLoopbackAllowed whether files may come from this machine
   * @param transports makes the transport for the first download, which is closed with this
   */
  public FileHosts(boolean isLoopbackAllowed, TimeSource time, Supplier<HttpTransport> transports) {
    this(isLoopbackAllowed, time, transports, InetAddress::getAllByName);
  }

  FileHosts(boolean isLoopbackAllowed, TimeSource time, HostLookUp.Resolver resolver) {
    this(isLoopbackAllowed, time, HttpTransport::new, resolver);
  }

  private FileHosts(
      boolean isLoopbackAllowed,
      TimeSource time,
      Supplier<HttpTransport> transports,
      HostLookUp.Resolver resolver) {
    this.transports = transports;
    this.rule = new AddressRule(isLoopbackAllowed);
    this.time = time;
    this.lookUp = new HostLookUp(resolver);
  }

  /**
   * What a host answered.
   *
   * @param from the address that it answered for, after redirects
   * @param response its body an {@code ArrivingBody} if it is a success
   */
  record Answer(URI from, Response response) {
    int status() {
      return response.status();
    }

    Map<String, List<String>> headers() {
      Map<String, List<String>> headers = new LinkedHashMap<>();
      response.headers().forEach((name, values) -> headers.put(name, new ArrayList<>(values)));
      return headers;
    }
  }

  /**
   * Asks for a file.
   *
   * @param headers of the request; all that it has
   * @param patience how long to wait from now for the next answer
   */
  Answer ask(URI file, Map<String, String> headers, Supplier<Duration> patience)
      throws RefusedAddress, IOException, InterruptedException, TimeoutException {
    URI uri = file;
    URI before = null;
    for (int redirects = 0; ; redirects++) {
      checkAddress(uri, before, patience);
      Response response = transport().execute(request(uri, headers), options(patience.get()));
      Answer answer = new Answer(uri, response);
      Optional<String> location =
          REDIRECTS.contains(answer.status())
              ? FileVersion.first(answer.headers(), "location")
              : Optional.empty();
      if (location.isEmpty()) {
        return answer;
      }
      if (redirects == MOST_REDIRECTS) {
        throw new RefusedAddress(
            "the host redirects more than " + MOST_REDIRECTS + " times in a row");
      }
      before = uri;
      uri = uri.resolve(AddressRule.parsed(location.get()));
    }
  }

  /** Between this look-up and the connection the host may get another address: see the page. */
  private void checkAddress(URI uri, URI before, Supplier<Duration> patience)
      throws RefusedAddress, InterruptedException, TimeoutException, UnknownHostException {
    rule.check(uri, before);
    if (!rule.isExempt(uri)) {
      AddressRule.check(uri.getHost(), lookUp.addresses(uri.getHost(), patience.get()));
    }
  }

  private static Request request(URI uri, Map<String, String> headers) {
    Map<String, Collection<String>> all = new LinkedHashMap<>();
    headers.forEach((name, value) -> all.put(name, List.of(value)));
    return Request.create(Request.HttpMethod.GET, uri.toString(), all, null, null, null);
  }

  private AttemptOptions options(Duration limit) {
    return new AttemptOptions(1, limit, time);
  }

  private synchronized Client transport() {
    if (transport == null) {
      transport = transports.get();
      if (isClosed) {
        transport.close();
      }
    }
    return transport.streaming();
  }

  /** Ends every download under way. Idempotent. */
  public synchronized void close() {
    isClosed = true;
    lookUp.close();
    if (transport != null) {
      transport.close();
    }
  }
}
