package ru.elumenta.micrometer;

import io.micrometer.observation.transport.Kind;
import io.micrometer.observation.transport.RequestReplySenderContext;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import ru.elumenta.client.event.AttemptReport;
import ru.elumenta.client.event.CallInfo;

/**
 * One attempt: a request and its answer. Its carrier takes the headers that go out with it, such as
 * {@code traceparent}; its response is what came of it.
 */
public final class AttemptObservationContext
    extends RequestReplySenderContext<Map<String, String>, AttemptReport> {
  private final String client;
  private final CallInfo call;
  private final int attempt;

  AttemptObservationContext(String client, CallInfo call, int attempt) {
    super((headers, name, value) -> Objects.requireNonNull(headers).put(name, value), Kind.CLIENT);
    this.client = client;
    this.call = call;
    this.attempt = attempt;
    setCarrier(new LinkedHashMap<>());
    setRemoteServiceName(GenAi.PROVIDER);
    setRemoteServiceAddress(call.server().getScheme() + "://" + call.server().getAuthority());
  }

  /** Returns the name of the client. */
  public String client() {
    return client;
  }

  /** Returns the call that it is an attempt of. */
  public CallInfo call() {
    return call;
  }

  /** Returns 1 for the first attempt of the call. */
  public int attempt() {
    return attempt;
  }

  /** Returns what came of it; empty until then. */
  public Optional<AttemptReport> report() {
    return Optional.ofNullable(getResponse());
  }
}
