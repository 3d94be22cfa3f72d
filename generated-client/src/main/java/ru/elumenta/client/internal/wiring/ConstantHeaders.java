package ru.elumenta.client.internal.wiring;

import feign.Contract;
import feign.DefaultContract;
import feign.MethodMetadata;
import feign.Request;
import feign.RequestTemplate;
import feign.Target.HardCodedTarget;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Keeps the headers that a method has in every request out of Feign's templates, which parse and
 * expand each of them five times a call, and puts them into the finished request. What was put into
 * the template of a call takes precedence. Thread-safe.
 *
 * <p>Methods with a header that is filled in, or with a body that is not JSON and may want another
 * media type, are left to Feign.
 */
final class ConstantHeaders implements Contract {
  private final Contract contract = new DefaultContract();
  private final Map<MethodMetadata, Map<String, Collection<String>>> kept =
      new ConcurrentHashMap<>();

  @Override
  public List<MethodMetadata> parseAndValidateMetadata(Class<?> type) {
    List<MethodMetadata> methods = contract.parseAndValidateMetadata(type);
    methods.forEach(this::keep);
    return methods;
  }

  private void keep(MethodMetadata method) {
    Map<String, Collection<String>> headers = method.template().headers();
    if (headers.entrySet().stream().allMatch(ConstantHeaders::isConstant)) {
      Map<String, Collection<String>> copy = new LinkedHashMap<>();
      headers.forEach((name, values) -> copy.put(name, List.copyOf(values)));
      kept.put(method, copy);
      method.template().headers(Map.of());
    }
  }

  private static boolean isConstant(Map.Entry<String, Collection<String>> header) {
    boolean isMediaType = header.getKey().equalsIgnoreCase("Content-Type");
    return header.getValue().stream()
        .allMatch(value -> value.indexOf('{') < 0 && (!isMediaType || isJson(value)));
  }

  private static boolean isJson(String mediaType) {
    return mediaType.toLowerCase(Locale.ROOT).startsWith("application/json");
  }

  /**
   * Returns where an interface of this contract is called. A request has all its headers then: with
   * its length too, which a transport may need to know.
   *
   * @param accepted how answers may be packed
   */
  <T> HardCodedTarget<T> target(Class<T> type, String baseUrl, String accepted) {
    return new HardCodedTarget<>(type, baseUrl) {
      @Override
      public Request apply(RequestTemplate template) {
        Map<String, Collection<String>> constant = kept.get(template.methodMetadata());
        Map<String, Collection<String>> headers =
            new LinkedHashMap<>(constant == null ? Map.of() : constant);
        headers.put("Accept-Encoding", List.of(accepted));
        headers.putAll(template.headers());
        byte[] body = template.body();
        if (body != null && body.length > 0) {
          headers.put("Content-Length", List.of(Integer.toString(body.length)));
        }
        return Request.create(
            Request.HttpMethod.valueOf(template.method()),
            url() + template.url(), // the template would take the address apart each time
            headers,
            body,
            constant == null
                ? template.request().charset() // none, if the body is no text
                : template.requestCharset(),
            template);
      }
    };
  }
}
