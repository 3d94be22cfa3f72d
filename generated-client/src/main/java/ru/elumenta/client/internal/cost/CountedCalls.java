package ru.elumenta.client.internal.cost;

import feign.TypedResponse;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Proxy;
import java.lang.reflect.Type;
import java.util.Arrays;
import ru.elumenta.client.model.Generation;

/**
 * Counts the finished generations that an interface's methods return to the application. Around
 * what the application is given only: what the client asks for itself, such as the rows of others
 * while it looks for a lost call, is not counted. Thread-safe.
 */
public final class CountedCalls<T> implements InvocationHandler {
  private final Class<T> type;
  private final T api;
  private final Spending spending;

  private CountedCalls(Class<T> type, T api, Spending spending) {
    this.type = type;
    this.api = api;
    this.spending = spending;
  }

  /** Returns an interface like this one that counts; the same if it returns no generations. */
  public static <T> T of(Class<T> type, T api, Spending spending) {
    boolean isCounted =
        Arrays.stream(type.getMethods())
            .map(Method::getGenericReturnType)
            .anyMatch(CountedCalls::isGeneration);
    return isCounted
        ? type.cast(
            Proxy.newProxyInstance(
                type.getClassLoader(),
                new Class<?>[] {type},
                new CountedCalls<>(type, api, spending)))
        : api;
  }

  private static boolean isGeneration(Type returned) {
    return returned == Generation.class
        || (returned instanceof ParameterizedType response
            && response.getRawType() == TypedResponse.class
            && response.getActualTypeArguments()[0] == Generation.class);
  }

  @Override
  public Object invoke(Object proxy, Method method, Object[] args) throws Throwable {
    if (method.getDeclaringClass() == Object.class && method.getName().equals("equals")) {
      return proxy == args[0];
    }
    Object result;
    try {
      result = method.invoke(api, args);
    } catch (InvocationTargetException e) {
      throw e.getCause();
    }
    Object answer = result instanceof TypedResponse<?> response ? response.body() : result;
    if (answer instanceof Generation generation) {
      spending.addIfFinished(generation, null);
    }
    return result;
  }
}
