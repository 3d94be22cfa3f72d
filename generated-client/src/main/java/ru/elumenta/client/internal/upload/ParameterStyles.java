package ru.elumenta.client.internal.upload;

import feign.MethodMetadata;
import feign.RequestInterceptor;
import feign.RequestTemplate;
import feign.codec.EncodeException;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.StringJoiner;
import java.util.concurrent.ConcurrentHashMap;
import ru.elumenta.client.api.Delimited;

/**
 * Writes what Feign's templates cannot: lists with something between their values, and cookies,
 * which the generated interfaces name one by one, as one header. Thread-safe.
 */
public final class ParameterStyles implements RequestInterceptor {
  /** Generated interfaces put each cookie into a header of this name and the cookie's. */
  private static final String COOKIE = "Elumenta-Cookie-";

  /** As they stand in a query, so percent-encoded where they must be. */
  private static final Map<String, String> SEPARATORS =
      Map.of("csv", ",", "ssv", "%20", "pipes", "%7C");

  private final Map<Method, Styles> styles = new ConcurrentHashMap<>();

  /** What a method has of them; as a rule nothing, and each look at a template costs. */
  private record Styles(List<Delimited> lists, boolean hasCookies) {
    static Styles of(MethodMetadata method) {
      return new Styles(
          List.of(method.method().getAnnotationsByType(Delimited.class)),
          method.template().headers().keySet().stream().anyMatch(name -> name.startsWith(COOKIE)));
    }
  }

  @Override
  public void apply(RequestTemplate template) {
    MethodMetadata metadata = template.methodMetadata();
    if (metadata == null) {
      return;
    }
    Styles ofMethod = styles.get(metadata.method());
    if (ofMethod == null) {
      ofMethod = Styles.of(metadata);
      styles.put(metadata.method(), ofMethod);
    }
    for (Delimited list : ofMethod.lists) {
      join(list, template);
    }
    if (ofMethod.hasCookies) {
      joinCookies(template);
    }
  }

  private static void join(Delimited list, RequestTemplate template) {
    Collection<String> values = template.queries().get(list.name());
    if (values == null || values.isEmpty()) {
      return;
    }
    String separator = SEPARATORS.get(list.format());
    StringJoiner joined = new StringJoiner(separator);
    for (String value : values) { // percent-encoded already
      if (value.contains(separator) && values.size() > 1) {
        throw new EncodeException(
            "A value of %s has in it what stands between two values; nothing was sent."
                .formatted(list.name()));
      }
      joined.add(value);
    }
    template.query(list.name(), List.of());
    template.query(list.name(), joined.toString());
  }

  private static void joinCookies(RequestTemplate template) {
    StringJoiner cookies = new StringJoiner("; ");
    for (String header : new ArrayList<>(template.headers().keySet())) {
      if (header.startsWith(COOKIE)) {
        String name = header.substring(COOKIE.length());
        for (String value : template.headers().get(header)) {
          cookies.add(name + "=" + checked(name, value));
        }
        template.removeHeader(header);
      }
    }
    if (cookies.length() > 0) {
      template.header("Cookie", cookies.toString());
    }
  }

  /** RFC 6265, section 4.1.1: another sign would end the cookie early and begin the next. */
  private static String checked(String name, String value) {
    boolean isLegal =
        value.chars().allMatch(sign -> sign > 0x20 && sign < 0x7f && "\",;\\".indexOf(sign) < 0);
    if (!isLegal) {
      throw new EncodeException(
          "The cookie %s has a sign that a cookie cannot have; nothing was sent.".formatted(name));
    }
    return value;
  }
}
