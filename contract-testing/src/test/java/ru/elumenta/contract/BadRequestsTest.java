package ru.elumenta.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static ru.elumenta.contract.RawCaller.ascii;
import static ru.elumenta.contract.RawCaller.joined;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Whatever comes over a socket: a 400 in the documented envelope, and never a charge. */
class BadRequestsTest {
  private static final String JSON = "{\"model\":\"dall-e-3\",\"prompt\":\"A lighthouse\"}";
  private static final String PART =
      "--xyz\r\n"
          + "Content-Disposition: form-data; name=\"audio\"; filename=\"a.mp3\"\r\n\r\n"
          + "sound\r\n";

  private static ElumentaSimulator service;

  @BeforeAll
  static void start() {
    service = ElumentaSimulator.start();
  }

  @AfterAll
  static void stop() {
    service.close();
  }

  private static String head(String path, String headers) {
    return "POST /api/v2"
        + path
        + " HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer "
        + service.apiKey()
        + "\r\n"
        + headers
        + "\r\n";
  }

  private static byte[] post(String path, String headers, byte[] body) {
    return joined(ascii(head(path, headers + "Content-Length: " + body.length + "\r\n")), body);
  }

  private static byte[] json(String body) {
    return post(
        "/generate", "Content-Type: application/json\r\n", body.getBytes(StandardCharsets.UTF_8));
  }

  private static byte[] typed(String type, String body) {
    return post("/generate", "Content-Type: " + type + "\r\n", ascii(body));
  }

  private static byte[] form(String type, String body) {
    return post("/stt", "Content-Type: " + type + "\r\n", ascii(body));
  }

  private static byte[] coded(String coding, byte[] body) {
    return post(
        "/generate",
        "Content-Type: application/json\r\nContent-Encoding: " + coding + "\r\n",
        body);
  }

  static byte[] gzip(byte[] plain) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (GZIPOutputStream out = new GZIPOutputStream(bytes)) {
      out.write(plain);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
    return bytes.toByteArray();
  }

  private static byte[] framed(String headers, String body) {
    return ascii(head("/generate", headers) + body);
  }

  @TestFactory
  List<DynamicTest> everyKindOfBadRequestIsRefusedAndCostsNothing() {
    String deep = "[".repeat(100_000) + "]".repeat(100_000);
    byte[] packed = gzip(ascii(JSON));
    String chunked = "Transfer-Encoding: chunked\r\n";
    List<DynamicTest> tests = new ArrayList<>();
    add(tests, "unknown charset", typed("application/json; charset=klingon", JSON));
    add(tests, "empty charset", typed("application/json; charset=", JSON));
    add(tests, "impossible charset", typed("application/json; charset=\"a b\"", JSON));
    add(tests, "another charset", typed("application/json; charset=utf-16", JSON + "x"));
    add(tests, "no UTF-8", typed("application/json", JSON.replace("light", "l\u00efght")));
    add(tests, "no boundary", form("multipart/form-data", PART + "--xyz--\r\n"));
    add(tests, "empty boundary", form("multipart/form-data; boundary=", PART + "--xyz--\r\n"));
    add(tests, "other boundary", form("multipart/form-data; boundary=abc", PART + "--xyz--\r\n"));
    add(tests, "no last boundary", form("multipart/form-data; boundary=xyz", PART));
    add(tests, "cut in a part", form("multipart/form-data; boundary=xyz", PART.substring(0, 80)));
    add(tests, "cut in a part's head", form("multipart/form-data; boundary=xyz", "--xyz\r\nCon"));
    add(
        tests,
        "part without name",
        form("multipart/form-data; boundary=xyz", "--xyz\r\nA: b\r\n\r\nx\r\n--xyz--"));
    add(tests, "form without body", form("multipart/form-data; boundary=xyz", ""));
    add(tests, "JSON for a form", form("application/json", "{}"));
    add(tests, "no gzip", coded("gzip", ascii(JSON)));
    add(tests, "half a gzip", coded("gzip", Arrays.copyOf(packed, packed.length / 2)));
    add(tests, "gzip without its end", coded("gzip", Arrays.copyOf(packed, packed.length - 4)));
    add(tests, "no deflate", coded("deflate", ascii(JSON)));
    add(tests, "unknown coding", coded("br", ascii(JSON)));
    add(tests, "gzip bomb", coded("gzip", gzip(new byte[70 << 20])));
    add(tests, "negative length", framed("Content-Length: -1\r\n", JSON));
    add(tests, "length that is no number", framed("Content-Length: 12abc\r\n", JSON));
    add(tests, "length with a sign", framed("Content-Length: +44\r\n", JSON));
    add(tests, "huge length", framed("Content-Length: 99999999999999999999\r\n", JSON));
    add(tests, "large length", framed("Content-Length: 99999999999\r\n", JSON));
    add(tests, "two lengths", framed("Content-Length: 44\r\nContent-Length: 45\r\n", JSON));
    add(tests, "length and chunks", framed("Content-Length: 4\r\n" + chunked, "0\r\n\r\n"));
    add(tests, "more length than body", framed("Content-Length: 9999\r\n", JSON));
    add(tests, "unknown transfer", framed("Transfer-Encoding: gzip\r\n", JSON));
    add(tests, "chunk without size", framed(chunked, "\r\n" + JSON));
    add(tests, "chunk of odd size", framed(chunked, "zz\r\n" + JSON + "\r\n0\r\n\r\n"));
    add(tests, "negative chunk", framed(chunked, "-5\r\nhello\r\n0\r\n\r\n"));
    add(tests, "chunk too short", framed(chunked, "3\r\nhello\r\n0\r\n\r\n"));
    add(tests, "chunk too long", framed(chunked, "7fffffff\r\nhello\r\n0\r\n\r\n"));
    add(tests, "chunks without end", framed(chunked, "5\r\nhello\r\n"));
    add(tests, "huge header", framed("X-Huge: " + "x".repeat(200_000) + "\r\n", ""));
    add(tests, "many headers", framed("X-Many: x\r\n".repeat(5_000), ""));
    add(tests, "huge path", ascii("GET /" + "x".repeat(200_000) + " HTTP/1.1\r\n\r\n"));
    add(tests, "header without colon", framed("Nonsense\r\n", ""));
    add(tests, "header with a space", framed("Content-Length : 4\r\n", "true"));
    add(tests, "folded header", framed("X-A: b\r\n c\r\n", ""));
    add(tests, "NUL in a header", framed("X-A: b\0c\r\n", ""));
    add(tests, "no Host", ascii("GET /api/v2/models HTTP/1.1\r\n\r\n"));
    add(tests, "two Hosts", framed("Host: other\r\n", ""));
    add(tests, "no request", ascii("Hello\r\n\r\n"));
    add(tests, "TLS", new byte[] {22, 3, 1, 0, 5, 1, 0, 0, 1, 10, 13, 10, 13, 10});
    add(tests, "HTTP/2", ascii("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n"));
    add(tests, "HTTP/0.9", ascii("GET /\r\n\r\n"));
    add(tests, "half a head", ascii("GET /api/v2/models HTTP/1.1\r\nHos"));
    add(tests, "bad escape", ascii("GET /api/v2/generate/%zz HTTP/1.1\r\nHost: a\r\n\r\n"));
    add(tests, "half an escape", ascii("GET /api/v2/generate/1% HTTP/1.1\r\nHost: a\r\n\r\n"));
    add(tests, "deep JSON", json(deep));
    add(
        tests,
        "deep prompt",
        json("{\"model\":\"gpt-5\",\"messages\":[{\"content\":" + deep + "}]}"));
    add(tests, "long number", json("{\"model\":\"gpt-5\",\"n\":" + "9".repeat(5_000) + "}"));
    add(tests, "half a character", json("{\"model\":\"dall-e-3\",\"prompt\":\"\\ud83d\"}"));
    add(tests, "half a name", json("{\"model\":\"dall-e-3\",\"prompt\":\"a\",\"\\udc00\":1}"));
    add(tests, "something after", json(JSON + " {}"));
    add(tests, "half", json(JSON.substring(0, 20)));
    add(tests, "no body", json(""));
    add(tests, "null", json("null"));
    add(tests, "a list", json("[" + JSON + "]"));
    return tests;
  }

  private static void add(List<DynamicTest> tests, String name, byte[] request) {
    tests.add(
        DynamicTest.dynamicTest(
            name,
            () -> {
              String answer = RawCaller.call(service.baseUrl(), request);

              assertThat(answer).startsWith("HTTP/1.1 400 ").contains("application/json");
              assertThat(answer.substring(answer.indexOf("\r\n\r\n") + 4))
                  .matches("\\{\"error\":\"bad_request\",\"message\":\"[^\"]+\",\"details\":\\{}}");
              assertThat(service.generationsCreated()).isZero();
              assertThat(service.charges()).isZero();
            }));
  }

  @Test
  void whatOnlyLooksOddIsUnderstood() throws IOException {
    byte[] utf8 = "{\"model\":\"dall-e-3\",\"prompt\":\"Маяк\"}".getBytes(StandardCharsets.UTF_8);
    String utf16 =
        new String(
            "{\"model\":\"dall-e-3\",\"prompt\":\"Маяк\"}".getBytes(StandardCharsets.UTF_16BE),
            StandardCharsets.ISO_8859_1);
    try (ElumentaSimulator own = ElumentaSimulator.start()) {
      List<byte[]> requests =
          List.of(
              coded("gzip", gzip(utf8)),
              typed(
                  "application/json;charset=\"UTF-8\"",
                  new String(utf8, StandardCharsets.ISO_8859_1)),
              typed("application/json; charset=utf-16be", utf16),
              joined(
                  ascii(head("/generate", "transfer-encoding: Chunked\r\nConnection: close\r\n")),
                  ascii(Integer.toHexString(utf8.length) + ";name=value\r\n"),
                  utf8,
                  ascii("\r\n0\r\nX-Trailer: x\r\n\r\n")),
              joined(ascii("\r\n"), post("/generate", "Connection: close\r\n", utf8)));
      for (byte[] request : requests) {
        assertThat(RawCaller.call(own.baseUrl(), request)).startsWith("HTTP/1.1 200 ");
      }
      assertThat(own.exchanges().get(1).request().body()).isEqualTo(utf8);
      assertThat(own.charges()).isEqualTo(requests.size());
      assertThat(new PlainClient(own).history().get("items"))
          .allMatch(row -> row.get("prompt").asText().equals("Маяк"));
    }
  }

  @Test
  void nullIsTheSameAsAbsent() {
    try (ElumentaSimulator own = ElumentaSimulator.start()) {
      PlainClient client = new PlainClient(own);
      String path = "/models/dall-e-3/calculate-price";
      String price = client.post(path, "{}").body();

      assertThat(price).contains("\"token_cost\":5");
      assertThat(client.post(path, "{\"count\":null,\"params\":null}").body()).isEqualTo(price);
      assertThat(client.post(path, "{\"params\":{\"size\":null}}").body()).isEqualTo(price);
      assertThat(
              client
                  .post(
                      "/generate",
                      "{\"model\":\"kling-v2.1\",\"prompt\":\"x\",\"duration\":null,\"stream\":null}")
                  .statusCode())
          .isEqualTo(200);
      for (String count : List.of("0", "-1", "1.5", "1e400", "\"2\"", "[]", "99999999999")) {
        assertThat(client.post(path, "{\"count\":" + count + "}").statusCode())
            .as(count)
            .isEqualTo(422);
      }
    }
  }

  @Test
  void severalRequestsInOneSendAreAnsweredInTheirOrder() throws IOException {
    try (ElumentaSimulator own = ElumentaSimulator.start()) {
      byte[] twice = joined(json(JSON), json(JSON), ascii("nonsense\r\n"));

      String answers = RawCaller.call(own.baseUrl(), twice);

      assertThat(answers.split("HTTP/1.1 ", -1)).hasSize(4);
      assertThat(answers.split("HTTP/1.1 200 ", -1)).hasSize(3);
      assertThat(own.charges()).isEqualTo(2);
    }
  }
}
