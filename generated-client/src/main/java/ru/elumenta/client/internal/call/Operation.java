package ru.elumenta.client.internal.call;

import feign.QueryMap;
import feign.RequestLine;
import feign.TypedResponse;
import jakarta.annotation.Nonnull;
import java.lang.reflect.Method;
import java.lang.reflect.Parameter;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import ru.elumenta.client.api.Idempotent;
import ru.elumenta.client.api.NoCredentials;
import ru.elumenta.client.event.CallInfo;
import ru.elumenta.client.internal.codec.WrittenRequest;
import ru.elumenta.client.model.Generation;
import ru.elumenta.client.model.GenerationId;
import ru.elumenta.client.model.GenerationRequest;
import ru.elumenta.error.ErrorContext;
import ru.elumenta.error.Execution;

/**
 * One generated method: what it calls, whether that is idempotent, and which arguments it needs.
 *
 * @param operationId its name in the contract: a method and its twin are one operation, as are both
 *     ways to a stream
 * @param name the Java name, for messages
 * @param httpMethod the HTTP method
 * @param path the path with its placeholders
 * @param isIdempotent whether it may be sent again without further effect
 * @param returnsResponse whether it returns status and headers beside the body
 * @param takesCredentials whether it is a request of the account
 * @param isStreamed whether its answer is read while it arrives
 */
record Operation(
    String operationId,
    String name,
    String httpMethod,
    String path,
    boolean isIdempotent,
    boolean returnsResponse,
    boolean takesCredentials,
    boolean isStreamed,
    List<Argument> arguments) {

  private static final String TWIN = "WithResponse";
  private static final Set<String> IDEMPOTENT_METHODS = Set.of("GET", "HEAD", "PUT", "DELETE");
  private static final Set<String> PATH_ESCAPES = Set.of(".", "..");

  private record Argument(
      int index, String name, boolean isRequired, boolean isInPath, boolean isBody) {}

  static Operation of(Method method) {
    String[] line = method.getAnnotation(RequestLine.class).value().split("[ ?]", 3);
    List<Argument> arguments = new ArrayList<>();
    Parameter[] parameters = method.getParameters();
    for (int i = 0; i < parameters.length; i++) {
      feign.Param named = parameters[i].getAnnotation(feign.Param.class);
      boolean inPath = named != null && line[1].contains("{" + named.value() + "}");
      boolean isBody = named == null && !parameters[i].isAnnotationPresent(QueryMap.class);
      boolean required = inPath || parameters[i].isAnnotationPresent(Nonnull.class);
      arguments.add(
          new Argument(i, named == null ? "request" : named.value(), required, inPath, isBody));
    }
    boolean isStreamed = method.isAnnotationPresent(Streamed.class);
    boolean returnsResponse = method.getReturnType() == TypedResponse.class;
    return new Operation(
        isStreamed ? "streamGeneration" : withoutTwin(method.getName(), returnsResponse),
        method.getName(),
        line[0],
        line[1],
        IDEMPOTENT_METHODS.contains(line[0]) || method.isAnnotationPresent(Idempotent.class),
        returnsResponse,
        !method.isAnnotationPresent(NoCredentials.class),
        isStreamed,
        List.copyOf(arguments));
  }

  private static String withoutTwin(String name, boolean returnsResponse) {
    return returnsResponse && name.endsWith(TWIN)
        ? name.substring(0, name.length() - TWIN.length())
        : name;
  }

  /**
   * Refuses arguments that would call something else: a path parameter that is null or blank calls
   * the collection above.
   */
  void check(Object[] values) {
    for (Argument argument : arguments) {
      Object value = values[argument.index];
      if (value == null && argument.isRequired) {
        throw refused(argument, "must not be null");
      }
      if (argument.isInPath && value.toString().isBlank()) {
        throw refused(argument, "must not be blank");
      }
      if (!isStreamed
          && value instanceof GenerationRequest request
          && Boolean.TRUE.equals(request.getStream())) {
        throw refused(
            argument,
            "must not ask for a stream, which this method cannot read and ElumentaClient.stream"
                + " can");
      }
      if (argument.isInPath && PATH_ESCAPES.contains(value.toString())) {
        throw refused(argument, "must not be a path of its own");
      }
    }
  }

  /**
   * Feign leaves {@code %2F} in a path parameter as it is, taking it for an escape, so that another
   * path would be called than the one of that id: what is an escape already stays one.
   */
  void escapePathArguments(Object[] values) {
    for (Argument argument : arguments) {
      Object value = values[argument.index];
      if (argument.isInPath && value.toString().indexOf('%') >= 0) {
        String escaped = value.toString().replace("%", "%25");
        values[argument.index] = value instanceof GenerationId ? GenerationId.of(escaped) : escaped;
      }
    }
  }

  /** An optional body that is not given is empty; Feign itself refuses null. */
  void fillOptionalBody(Object[] values) {
    for (Argument argument : arguments) {
      if (argument.isBody && values[argument.index] == null) {
        values[argument.index] = Map.of();
      }
    }
  }

  /** What is paid for is sent as it is now, however often. */
  void writeRequest(Object[] values) {
    for (Argument argument : arguments) {
      if (argument.isBody) {
        values[argument.index] = WrittenRequest.of(values[argument.index]);
      }
    }
  }

  /**
   * Returns what a paid request was answered with if nobody could go on from there: it names no
   * generation to ask for, and is not the end of one. A text beside {@code pending} is no end.
   */
  Optional<Generation> nameless(Object result) {
    Generation made = generation(result);
    return !isIdempotent && made != null && made.identity().isEmpty() && !saysHowItEnded(made)
        ? Optional.of(made)
        : Optional.empty();
  }

  /** What is called completed and has nothing to show may have it elsewhere. */
  private static boolean saysHowItEnded(Generation made) {
    return made.isFailed()
        || (made.isFinished() && (made.text().isPresent() || made.fileUrl().isPresent()));
  }

  /** Returns the generation that a call was answered with; null if it is none. */
  Generation generation(Object result) {
    Object body = result instanceof TypedResponse<?> response ? response.body() : result;
    return body instanceof Generation made ? made : null;
  }

  private IllegalArgumentException refused(Argument argument, String rule) {
    return new IllegalArgumentException(
        "The argument %s of %s %s; nothing was sent.".formatted(argument.name, name, rule));
  }

  /** Returns what a listener is told of a call. */
  CallInfo info(long number, Optional<String> model, URI server) {
    return new CallInfo(number, operationId(), httpMethod(), path(), model, server);
  }

  ErrorContext.Builder failed(Execution execution) {
    return ErrorContext.builder(httpMethod, path).execution(execution);
  }
}
