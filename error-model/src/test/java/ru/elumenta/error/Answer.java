package ru.elumenta.error;

import feign.Request;
import feign.Request.HttpMethod;
import feign.RequestTemplate;
import feign.Response;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** An answer of the server to {@code POST /generate}, decoded at {@link #NOW}. */
final class Answer {
  static final Instant NOW = Instant.parse("2026-01-02T03:04:05Z");

  private final int status;
  private final Map<String, Collection<String>> headers = new TreeMap<>();
  private final Map<String, Collection<String>> requestHeaders = new TreeMap<>();
  private HttpMethod method = HttpMethod.POST;
  private String url = "https://elumenta.ru/api/v2/generate";
  private InputStream body;

  private Answer(int status) {
    this.status = status;
  }

  static Answer of(int status) {
    return new Answer(status);
  }

  static ElumentaException of(int status, String body) {
    return of(status).body(body).decode();
  }

  Answer header(String name, String... values) {
    headers.computeIfAbsent(name, each -> new ArrayList<>()).addAll(Arrays.asList(values));
    return this;
  }

  Answer toRequestWith(String header, String value) {
    requestHeaders.put(header, List.of(value));
    return this;
  }

  Answer toGet(String newUrl) {
    method = HttpMethod.GET;
    url = newUrl;
    return this;
  }

  Answer body(String text) {
    return body(text.getBytes(StandardCharsets.UTF_8));
  }

  Answer body(byte[] bytes) {
    return body(new ByteArrayInputStream(bytes));
  }

  Answer body(InputStream stream) {
    body = stream;
    return this;
  }

  ElumentaException decode() {
    Request request =
        Request.create(method, url, requestHeaders, (Request.Body) null, (RequestTemplate) null);
    Response.Builder response =
        Response.builder().status(status).reason("").headers(headers).request(request);
    if (body != null) {
      response.body(body, null);
    }
    return new ElumentaErrorDecoder(Clock.fixed(NOW, ZoneOffset.UTC))
        .decode("GenerationsApi#createGeneration(GenerationRequest)", response.build());
  }

  <E extends ElumentaException> E decodeAs(Class<E> type) {
    return type.cast(decode());
  }
}
