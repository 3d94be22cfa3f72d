package ru.elumenta.client.internal.call;

import feign.InvocationHandlerFactory;
import feign.Target;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import ru.elumenta.error.RateLimits;

/**
 * Puts deadline, retry and error translation around every method of a generated interface. Outside
 * Feign's method handler, so that each attempt builds its request anew; any deeper, headers of the
 * previous attempt pile up.
 */
public final class ResilientCalls implements InvocationHandlerFactory {
  private final CallSettings settings;
  private final ClientLimits limits;
  private final OutcomeLookUp lookUp;
  private final CallPolicies policies;

  /** Creates a factory whose calls share the given settings. */
  public ResilientCalls(CallSettings settings, OutcomeLookUp lookUp) {
    this.settings = settings;
    this.limits = new ClientLimits(settings);
    this.lookUp = lookUp;
    this.policies = new CallPolicies(settings.policies(), settings.mostCalls());
  }

  @Override
  @SuppressWarnings("rawtypes") // Feign's signature
  public InvocationHandler create(Target target, Map<Method, MethodHandler> dispatch) {
    return new CallHandler(
        target.name(), dispatch, this::call, () -> CallLimits.OF_CLIENT.begin(settings));
  }

  private Object call(Operation operation, Object[] arguments, CallTerms terms, Attempt attempt) {
    try (CallInProgress call =
        new CallInProgress(operation, arguments, settings, terms, limits, lookUp, attempt)) {
      return call.told(() -> policies.run(call, terms.isLookUp()));
    }
  }

  /** Makes the calls of an interface. */
  @FunctionalInterface
  interface Caller {
    Object call(Operation operation, Object[] arguments, CallTerms terms, Attempt attempt);
  }

  /** Returns the account's limits as the last answer that stated them did. */
  public Optional<RateLimits> latestRateLimits() {
    return limits.latest();
  }

  /** Returns a sibling of an interface made here, each of whose calls has these limits. */
  public <T> T on(CallLimits limits, Class<T> type, T api) {
    return sibling(type, api, handler(api).on(ignored -> limits.begin(settings)));
  }

  /** Returns a sibling of an interface made here, for what is done for a call on its terms. */
  public static <T> T on(CallTerms terms, Class<T> type, T api) {
    return sibling(type, api, handler(api).ours(ignored -> terms));
  }

  /** Returns a sibling of an interface made here, whose calls end within this time too. */
  public static <T> T within(Duration limit, Class<T> type, T api) {
    return sibling(type, api, handler(api).ours(terms -> terms.within(limit)));
  }

  /** Returns a sibling of an interface made here, for looking up what became of a call. */
  public static <T> T lookingUp(Deadline deadline, Class<T> type, T api) {
    return sibling(type, api, handler(api).ours(terms -> terms.endingWith(deadline).ofLookUp()));
  }

  private static CallHandler handler(Object api) {
    return (CallHandler) Proxy.getInvocationHandler(api);
  }

  /** Cheap: nothing is parsed again. */
  private static <T> T sibling(Class<T> type, T api, CallHandler handler) {
    return type.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, handler));
  }
}
