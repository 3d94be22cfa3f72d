package ru.elumenta.contract;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import ru.elumenta.contract.exchange.Exchange;
import ru.elumenta.contract.exchange.RequestMessage;
import ru.elumenta.contract.exchange.ResponseMessage;

/** Whatever comes over the wire is judged, never thrown at. */
class AnythingPropertiesTest {
  private static final List<Exchange> SAMPLES = List.copyOf(ContractSamples.all().values());

  private final ContractValidator strict =
      ContractValidator.standard().withResponses(Strictness.STRICT);

  @Property(tries = 2_000)
  void aSampleWithBytesChangedIsJudged(@ForAll("damaged") Exchange exchange) {
    assertThat(strict.check(exchange).toString()).doesNotContain("SECRETKEY");
  }

  @Property(tries = 2_000)
  void anyTargetIsJudged(@ForAll("targets") String target) {
    Exchange sample = SAMPLES.get(0);
    RequestMessage request =
        RequestMessage.of("GET", target, sample.request().headers(), new byte[0]);

    assertThat(strict.check(request).toString()).doesNotContain("SECRETKEY");
  }

  @Property(tries = 1_000)
  void anyHeadersAreJudged(@ForAll("headerValues") String value) {
    Map<String, List<String>> headers =
        Map.of(
            "Content-Type", List.of(value),
            "Accept", List.of(value),
            "Authorization", List.of(value),
            "Retry-After", List.of(value),
            "Content-Encoding", List.of(value),
            "X-RateLimit-Limit-Hour", List.of(value));
    for (String operation : List.of("createGeneration", "transcribe", "login")) {
      Exchange sample =
          SAMPLES.stream()
              .filter(each -> strict.operationOf(each.request()).orElse("").equals(operation))
              .findFirst()
              .orElseThrow();
      RequestMessage request =
          RequestMessage.of("POST", sample.request().path(), headers, sample.request().body());
      ResponseMessage response =
          ResponseMessage.of(200, headers, sample.response().orElseThrow().body());

      assertThat(strict.check(Exchange.of(request, response))).isNotEmpty();
    }
  }

  @Provide
  Arbitrary<Exchange> damaged() {
    return Combinators.combine(
            Arbitraries.of(SAMPLES),
            Arbitraries.integers().between(0, 100_000),
            Arbitraries.bytes(),
            Arbitraries.integers().between(0, 3),
            Arbitraries.of("null", "[]", "{}", "1", "\"~0/1\"", "{\"a/b~\": {\"\": null}}"))
        .as(AnythingPropertiesTest::damaged);
  }

  private static Exchange damaged(Exchange sample, int at, byte value, int how, String insert) {
    ResponseMessage response = sample.response().orElseThrow();
    byte[] request = changed(sample.request().body(), at, value, how, insert);
    byte[] answer = changed(response.body(), at / 7, value, how, insert);
    return Exchange.of(
        RequestMessage.of(
            sample.request().method(),
            sample.request().path(),
            sample.request().headers(),
            request),
        at % 2 == 0
            ? ResponseMessage.of(response.status(), response.headers(), answer)
            : ResponseMessage.beginningOf(response.status(), response.headers(), answer));
  }

  private static byte[] changed(byte[] body, int at, byte value, int how, String insert) {
    if (body.length == 0) {
      return how == 0 ? new byte[] {value} : body;
    }
    byte[] changed = body.clone();
    int index = at % body.length;
    switch (how) {
      case 0 -> changed[index] = value;
      case 1 -> changed = java.util.Arrays.copyOf(body, index);
      case 2 -> {
        // The value of a member becomes something else.
        String text = new String(body, java.nio.charset.StandardCharsets.UTF_8);
        int colon = text.indexOf(':', index);
        changed =
            (colon < 0
                    ? text
                    : text.substring(0, colon + 1) + insert + "," + text.substring(colon + 1))
                .getBytes(java.nio.charset.StandardCharsets.UTF_8);
      }
      default -> changed = insert.getBytes(java.nio.charset.StandardCharsets.UTF_8);
    }
    return changed;
  }

  @Provide
  Arbitrary<String> targets() {
    Arbitrary<String> odd =
        Arbitraries.strings().withChars("/?&=%{}[]<>#;:+ a1\"'\\\u00e9\u0000|^`").ofMaxLength(20);
    Arbitrary<String> any = Arbitraries.strings().ofMaxLength(20);
    return Combinators.combine(
            Arbitraries.of(
                "",
                "/api/v2",
                "/api/v2/models/",
                "/api/v2/keys/",
                "/api/v2/user/history?",
                "/api/v2/user/history?limit=",
                "http://localhost/api/v2/generate/"),
            Arbitraries.oneOf(odd, any))
        .as((base, rest) -> base + rest);
  }

  @Provide
  Arbitrary<String> headerValues() {
    return Arbitraries.oneOf(
        Arbitraries.strings().ofMaxLength(30),
        Arbitraries.strings().withChars("/;=,\"* abmultipartform-dtxj").ofMaxLength(40),
        Arbitraries.of(
            "multipart/form-data; boundary=\"\"",
            "multipart/form-data; boundary=",
            "*/*",
            ";",
            "gzip"));
  }
}
