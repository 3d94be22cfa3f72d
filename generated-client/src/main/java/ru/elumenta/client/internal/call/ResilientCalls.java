package ru.elumenta.client.internal.call;

import feign.InvocationHandlerFactory;
import feign.Target;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.Map;

/**
 * Puts deadline, retry and error translation around every method of a generated interface. Outside
 * Feign's method handler, so that each attempt builds its request anew; any deeper, headers of the
 * previous attempt pile up.
 */
public final class ResilientCalls implements InvocationHandlerFactory {
  private final CallSettings settings;
  private final RepeatedAttempts attempts;

  /** Creates a factory whose calls share the given settings. */
  public ResilientCalls(CallSettings settings, OutcomeLookUp lookUp) {
    this.settings = settings;
    this.attempts = new RepeatedAttempts(settings, lookUp);
  }

  @Override
  @SuppressWarnings("rawtypes") // Feign's signature
  public InvocationHandler create(Target target, Map<Method, MethodHandler> dispatch) {
    return new CallHandler(target.name(), dispatch, attempts, settings.callTimeout());
  }

  /**
   * Returns a sibling of an interface made here, whose calls end within another time. Cheap:
   * nothing is parsed again.
   *
   * @param limit the time for each call; the shorter of it and the client's own applies
   */
  public static <T> T within(Duration limit, Class<T> type, T api) {
    CallHandler handler = (CallHandler) Proxy.getInvocationHandler(api);
    return type.cast(
        Proxy.newProxyInstance(
            type.getClassLoader(), new Class<?>[] {type}, handler.within(limit)));
  }
}
