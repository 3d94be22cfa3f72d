package ru.elumenta.client.internal.download;

import feign.Client;
import feign.Request;
import feign.Response;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeoutException;
import ru.elumenta.client.TimeSource;
import ru.elumenta.client.internal.call.Deadline;
import ru.elumenta.client.internal.download.FileAddress.UnsafeAddressException;
import ru.elumenta.client.internal.transport.AttemptOptions;
import ru.elumenta.client.internal.transport.ExchangeException;

/**
 * Asks a host for a file, following redirects by hand, so that each address is checked. Sends no
 * credentials: what is sent is the address, what is accepted, and the range.
 */
final class FileRequests {
  private static final int MOST_REDIRECTS = 5;
  private static final Set<Integer> REDIRECTS = Set.of(301, 302, 303, 307, 308);

  private final Client http;
  private final FileAddress addresses;
  private final TimeSource time;
  private final Duration attemptTimeout;
  private final Deadline whole;
  private final DownloadFailures failures;

  FileRequests(
      Client http,
      FileAddress addresses,
      TimeSource time,
      Duration attemptTimeout,
      Deadline whole,
      DownloadFailures failures) {
    this.http = http;
    this.addresses = addresses;
    this.time = time;
    this.attemptTimeout = attemptTimeout;
    this.whole = whole;
    this.failures = failures;
  }

  /**
   * Asks for a file from one of its bytes on.
   *
   * @param validator of what is there already; null to ask for all
   * @return the answer that is no redirect; a success is read while it arrives
   */
  Response get(URI file, long from, String validator, int number) throws BrokenOffException {
    URI address = file;
    for (int redirects = 0; redirects <= MOST_REDIRECTS; redirects++) {
      check(address);
      Response response = send(address, from, validator, number);
      if (!REDIRECTS.contains(response.status())) {
        return response;
      }
      String location =
          header(response, "Location")
              .orElseThrow(() -> failures.noFile(response, "a redirect that leads nowhere"));
      address = resolved(address, location, response);
    }
    throw failures.unsafe(file, "it redirects more than %d times".formatted(MOST_REDIRECTS));
  }

  private URI resolved(URI address, String location, Response response) {
    try {
      return address.resolve(location);
    } catch (IllegalArgumentException e) {
      throw failures.noFile(response, "a redirect to what is no address");
    }
  }

  private void check(URI address) throws BrokenOffException {
    try {
      addresses.check(address, patience());
    } catch (UnsafeAddressException e) {
      throw failures.unsafe(address, e.getMessage());
    } catch (UnknownHostException e) {
      throw new BrokenOffException(failures.brokenOff(e.getMessage(), e));
    } catch (TimeoutException e) {
      if (failures.isOver()) {
        throw failures.timedOut(whole.limit());
      }
      throw new BrokenOffException(failures.brokenOff("its host was not found in time", e));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw failures.interrupted("while the host of a file was looked up");
    }
  }

  /** How long to wait for the next thing to happen. */
  Duration patience() {
    Duration left = whole.remaining();
    if (left.isNegative() || left.isZero()) {
      throw failures.timedOut(whole.limit());
    }
    return left.compareTo(attemptTimeout) < 0 ? left : attemptTimeout;
  }

  private Response send(URI address, long from, String validator, int number)
      throws BrokenOffException {
    Map<String, Collection<String>> headers = new LinkedHashMap<>();
    headers.put("Accept", List.of("*/*"));
    headers.put("Accept-Encoding", List.of("identity"));
    if (validator != null) {
      headers.put("Range", List.of("bytes=" + from + "-"));
      headers.put("If-Range", List.of(validator));
    }
    Request request =
        Request.create(
            Request.HttpMethod.GET,
            withoutFragment(address),
            headers,
            null,
            StandardCharsets.UTF_8,
            null);
    try {
      return http.execute(request, new AttemptOptions(number, patience(), time));
    } catch (ExchangeException e) {
      throw failures.of(e);
    } catch (IOException e) {
      throw new BrokenOffException(failures.brokenOff("connection lost", e));
    }
  }

  private static String withoutFragment(URI address) {
    return address.toString().replaceFirst("#.*$", "");
  }

  static Optional<String> header(Response response, String name) {
    return response.headers().entrySet().stream()
        .filter(header -> header.getKey().equalsIgnoreCase(name))
        .flatMap(header -> header.getValue().stream())
        .findFirst();
  }

  /** The body of anything but a success, which is there whole. */
  static byte[] said(Response response) {
    try (InputStream in = response.body().asInputStream()) {
      return in.readAllBytes();
    } catch (IOException e) {
      return new byte[0];
    }
  }
}
