package ru.elumenta.client.internal.call;

import feign.InvocationHandlerFactory.MethodHandler;
import feign.Request;
import feign.RequestLine;
import feign.TypedResponse;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import ru.elumenta.client.internal.transport.AttemptOptions;
import ru.elumenta.client.internal.transport.Upload;

/** Runs the methods of one generated interface. Thread-safe. */
final class CallHandler implements InvocationHandler {
  private static final Object[] NONE = {};
  private static final Set<String> SECRET = Set.of("authorization", "cookie");

  private final String name;
  private final Map<Method, MethodHandler> dispatch;
  private final Map<Method, Operation> operations;
  private final ResilientCalls.Caller attempts;
  private final Supplier<CallTerms> terms;
  private final boolean isOurs;

  CallHandler(
      String name,
      Map<Method, MethodHandler> dispatch,
      ResilientCalls.Caller attempts,
      Supplier<CallTerms> terms) {
    this(
        name,
        dispatch,
        dispatch.keySet().stream()
            .filter(method -> method.isAnnotationPresent(RequestLine.class))
            .collect(Collectors.toUnmodifiableMap(method -> method, Operation::of)),
        attempts,
        terms,
        false);
  }

  private CallHandler(
      String name,
      Map<Method, MethodHandler> dispatch,
      Map<Method, Operation> operations,
      ResilientCalls.Caller attempts,
      Supplier<CallTerms> terms,
      boolean isOurs) {
    this.name = name;
    this.dispatch = dispatch;
    this.operations = operations;
    this.attempts = attempts;
    this.terms = terms;
    this.isOurs = isOurs;
  }

  /** Returns a sibling whose calls have other terms. */
  CallHandler on(UnaryOperator<CallTerms> changed) {
    return sibling(changed, isOurs);
  }

  /** Returns such a sibling for this client's own use: what it returns is shown to nobody. */
  CallHandler ours(UnaryOperator<CallTerms> changed) {
    return sibling(changed, true);
  }

  private CallHandler sibling(UnaryOperator<CallTerms> changed, boolean isOurs) {
    return new CallHandler(
        name, dispatch, operations, attempts, () -> changed.apply(terms.get()), isOurs);
  }

  @Override
  public Object invoke(Object proxy, Method method, Object[] args) throws Throwable {
    if (method.getDeclaringClass() == Object.class) {
      return ofObject(proxy, method, args);
    }
    MethodHandler handler = dispatch.get(method);
    Operation operation = operations.get(method);
    if (operation == null) { // a default method
      return handler.invoke(args);
    }
    Object[] values = args == null ? NONE : args.clone();
    CallTerms begun = terms.get(); // its time begins to count
    operation.check(values);
    operation.escapePathArguments(values);
    operation.fillOptionalBody(values);
    operation.writeRequest(values);
    Object result =
        attempts.call(
            operation, values, begun, options -> handler.invoke(withOptions(values, options)));
    return result instanceof TypedResponse<?> response && !isOurs
        ? withoutSecrets(response)
        : result;
  }

  /**
   * Feign takes the options of one call from its arguments. Its other way, per-method options, is
   * keyed by thread and outlives the call.
   */
  private static Object[] withOptions(Object[] values, AttemptOptions options) {
    Upload.among(values).ifPresent(options::upload);
    Object[] all = Arrays.copyOf(values, values.length + 1);
    all[values.length] = options;
    return all;
  }

  /** The request in a typed response would show key, password or prompt to whoever logs it. */
  @SuppressWarnings("unchecked") // Feign's builder returns raw types
  private static TypedResponse<?> withoutSecrets(TypedResponse<?> response) {
    Request request = response.request();
    Request clean =
        Request.create(
            request.httpMethod(), request.url(), shown(request.headers()), null, null, null);
    return TypedResponse.builder()
        .status(response.status())
        .reason(response.reason())
        .headers(response.headers())
        .body(response.body())
        .protocolVersion(response.protocolVersion())
        .request(clean)
        .build();
  }

  private static Map<String, Collection<String>> shown(Map<String, Collection<String>> headers) {
    Map<String, Collection<String>> shown = new LinkedHashMap<>(headers);
    shown.keySet().removeIf(name -> SECRET.contains(name.toLowerCase(Locale.ROOT)));
    return shown;
  }

  private Object ofObject(Object proxy, Method method, Object[] args) {
    return switch (method.getName()) {
      case "equals" -> proxy == args[0];
      case "hashCode" -> System.identityHashCode(proxy);
      default -> name;
    };
  }
}
