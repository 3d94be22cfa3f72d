package ru.elumenta.client.internal.call;

import feign.RequestTemplate;
import feign.interceptor.Invocation;
import feign.interceptor.MethodInterceptor;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import ru.elumenta.client.check.HeaderRule;
import ru.elumenta.client.event.AttemptHeaders;
import ru.elumenta.client.event.CallInfo;
import ru.elumenta.client.internal.transport.AttemptOptions;

/** Adds what the application's {@link AttemptHeaders} give to each attempt. Thread-safe. */
public final class FurtherHeaders implements MethodInterceptor {
  /** Put into the finished request, and so not among the headers that can be seen here. */
  private static final Set<String> CONSTANT = Set.of("accept", "accept-encoding", "content-type");

  private final List<AttemptHeaders> sources;
  private final AtomicBoolean isWarned = new AtomicBoolean();

  /** Creates it. */
  public FurtherHeaders(List<AttemptHeaders> sources) {
    this.sources = List.copyOf(sources);
  }

  /** Asks all, the later ones for what the earlier ones have not given. */
  Map<String, String> of(CallInfo call, int attempt) {
    if (sources.isEmpty()) {
      return Map.of();
    }
    Map<String, String> headers = new LinkedHashMap<>();
    for (AttemptHeaders source : sources) {
      try {
        source.of(call, attempt).forEach((name, value) -> addChecked(name, value, headers));
      } catch (Throwable e) {
        warn(e);
      }
    }
    return headers;
  }

  private void addChecked(String name, String value, Map<String, String> headers) {
    try {
      HeaderRule.check(name, value);
      headers.putIfAbsent(name, value);
    } catch (IllegalArgumentException e) {
      warn(e);
    }
  }

  private void warn(Throwable e) {
    if (isWarned.compareAndSet(false, true)) {
      Listeners.warn("A further header was left away; the call went on. Said once.", e);
    }
  }

  @Override
  public Object intercept(Invocation invocation, Chain chain) throws Throwable {
    RequestTemplate request = invocation.requestTemplate();
    AttemptOptions.among(invocation.arguments())
        .furtherHeaders()
        .forEach(
            (name, value) -> {
              if (!CONSTANT.contains(name.toLowerCase(Locale.ROOT))
                  && request.headers().keySet().stream().noneMatch(name::equalsIgnoreCase)) {
                request.headerLiteral(name, value);
              }
            });
    return chain.next(invocation);
  }
}
