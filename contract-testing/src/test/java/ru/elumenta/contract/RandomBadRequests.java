package ru.elumenta.contract;

import static ru.elumenta.contract.RawCaller.ascii;
import static ru.elumenta.contract.RawCaller.joined;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Random;

/** Requests that are wrong in one or several ways, decided by a seed. */
final class RandomBadRequests {
  private static final String[] PATHS = {
    "/generate",
    "/generate",
    "/generate",
    "/generate/stream",
    "/stt",
    "/models/gpt-5/calculate-price",
    "/user/me",
    "/user/settings",
    "/user/history/18473/rate",
    "/keys",
    "/assistants",
    "/auth/register",
    "/auth/login",
    "/auth/google",
    "/auth/telegram",
    "/auth/refresh",
    "/auth/logout",
    "/generate/18473",
    "/generate/%2e%2e",
    "/user/history?page=%zz",
    "/user/history?limit=1e9",
    "/user/history?page=2147483647&limit=100",
    "/no/such/path",
    "/generate/%00",
    "//",
    ""
  };
  private static final String[] METHODS = {
    "POST", "POST", "POST", "POST", "GET", "PATCH", "DELETE", "PUT", "HEAD", "OPTIONS", "post",
    "G=T", ""
  };
  private static final String[] VALUES = {
    "null",
    "true",
    "0",
    "-1",
    "1e400",
    "1.5",
    "99999999999999999999",
    "\"\"",
    "\" \"",
    "\"x\"",
    "\"\\ud800\"",
    "\"\\u0000\"",
    "[]",
    "[null]",
    "[[[]]]",
    "{}",
    "{\"a\":null}",
    "[{\"content\":7}]",
    "[{\"role\":\"user\",\"content\":null}]",
    "\"dall-e-3\"",
    "\"gpt-5\"",
    "\"whisper\"",
    "NaN",
    "'x'",
    ""
  };
  private static final String[] MEMBERS = {
    "model",
    "prompt",
    "messages",
    "params",
    "stream",
    "text",
    "assistant_id",
    "system",
    "duration",
    "size",
    "count",
    "name",
    "email",
    "password",
    "rating",
    "id",
    "auth_date",
    "first_name",
    "hash",
    "language",
    "refresh_token",
    "temperature",
    "max_tokens"
  };
  private static final String[] HEADERS = {
    "Content-Length: -1",
    "Content-Length: 5",
    "Content-Length: 99999999999",
    "Content-Length: x",
    "Transfer-Encoding: chunked",
    "Transfer-Encoding: gzip, chunked",
    "Content-Encoding: gzip",
    "Content-Encoding: deflate",
    "Content-Encoding: br",
    "Expect: 100-continue",
    "Expect: nothing",
    "Host: again",
    "Connection: close",
    "Connection: upgrade",
    "Upgrade: h2c",
    "NoColon",
    ": empty",
    " folded",
    "X: \u0000",
    "Authorization: Basic eDp5",
    "Cookie: refresh_token=%00",
    "Content-Type: application/json; charset=klingon",
    "Content-Type: multipart/form-data",
    "Content-Type: multipart/form-data; boundary=\"",
    "Content-Type: \"",
    "Range: bytes=5-1"
  };

  private final Random random;
  private final String key;

  RandomBadRequests(long seed, String key) {
    this.random = new Random(seed);
    this.key = key;
  }

  private String one(String... choices) {
    return choices[random.nextInt(choices.length)];
  }

  private String object(int depth) {
    StringBuilder members =
        new StringBuilder("{\"model\":\"" + one("dall-e-3", "gpt-5", "kling-v2.1") + "\"");
    for (int i = random.nextInt(4); i >= 0; i--) {
      String value = depth > 0 && random.nextInt(4) == 0 ? object(depth - 1) : one(VALUES);
      members.append(",\"").append(one(MEMBERS)).append("\":").append(value);
    }
    return members.append('}').toString();
  }

  private byte[] body() {
    return switch (random.nextInt(10)) {
      case 0 -> new byte[0];
      case 1 -> noise(random.nextInt(300));
      case 2 -> ascii("{\"a\":".repeat(2_000) + "1" + "}".repeat(2_000));
      case 3 -> BadRequestsTest.gzip(ascii(object(1)));
      case 4 ->
          ascii(
              "--b\r\nContent-Disposition: form-data; name=\"audio\"; filename=\""
                  + one("a.mp3", "a", "", "..", "\u0000.mp3")
                  + "\"\r\n\r\n"
                  + one("", "sound", "--b")
                  + one("\r\n--b--\r\n", "\r\n--b", "", "\r\n--b\r\n\r\n--b--"));
      case 5 -> (object(1) + one(" ", "}", "{}", "\u0000")).getBytes(StandardCharsets.UTF_16);
      default -> object(2).getBytes(StandardCharsets.UTF_8);
    };
  }

  private byte[] noise(int length) {
    byte[] bytes = new byte[length];
    random.nextBytes(bytes);
    return bytes;
  }

  private byte[] chunked(byte[] body) {
    ByteArrayOutputStream chunks = new ByteArrayOutputStream();
    for (int at = 0; at < body.length; at += 50) {
      byte[] chunk = Arrays.copyOfRange(body, at, Math.min(body.length, at + 50));
      String size =
          random.nextInt(8) == 0
              ? one("", "-1", "zz", "ffffffff", "1")
              : Integer.toHexString(chunk.length);
      chunks.writeBytes(ascii(size + "\r\n"));
      chunks.writeBytes(chunk);
      chunks.writeBytes(ascii(one("\r\n", "\r\n", "\r\n", "\n", "")));
    }
    chunks.writeBytes(ascii(one("0\r\n\r\n", "0\r\n\r\n", "0\r\n", "")));
    return chunks.toByteArray();
  }

  /** Good HTTP: what is wrong is in it. */
  private byte[] framedWell(byte[] body) {
    String type =
        body.length > 2 && body[0] == '-'
            ? "multipart/form-data; boundary=b"
            : one("application/json", "application/json", "application/json; charset=utf-16", "");
    boolean isPacked = body.length > 2 && body[0] == 0x1f && (body[1] & 0xff) == 0x8b;
    return joined(
        ascii(
            one("POST", "POST", "POST", "PATCH", "GET")
                + " /api/v2"
                + one(PATHS)
                + " HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer "
                + key
                + "\r\nContent-Type: "
                + type
                + (isPacked ? "\r\nContent-Encoding: gzip" : "")
                + "\r\nContent-Length: "
                + body.length
                + "\r\n\r\n"),
        body);
  }

  /** Makes the next. */
  byte[] next() {
    if (random.nextInt(20) == 0) {
      return noise(1 + random.nextInt(2_000));
    }
    byte[] body = body();
    if (random.nextInt(2) == 0) {
      return framedWell(body);
    }
    StringBuilder head = new StringBuilder();
    head.append(one(METHODS))
        .append(" /api/v2")
        .append(one(PATHS))
        .append(one(" HTTP/1.1", " HTTP/1.1", " HTTP/1.1", " HTTP/1.0", " HTTP/3", ""))
        .append("\r\n");
    head.append(random.nextInt(20) == 0 ? "" : "Host: localhost\r\n");
    head.append(random.nextInt(8) == 0 ? "" : "Authorization: Bearer " + key + "\r\n");
    head.append(
        one(
            "",
            "Content-Type: application/json\r\n",
            "Content-Type: multipart/form-data; boundary=b\r\n"));
    for (int i = random.nextInt(3); i > 0; i--) {
      head.append(one(HEADERS)).append("\r\n");
    }
    if (random.nextInt(50) == 0) {
      head.append("X-Huge: ").append("x".repeat(random.nextInt(100_000))).append("\r\n");
    }
    byte[] sent = body;
    switch (random.nextInt(4)) {
      case 0 -> {
        head.append("Transfer-Encoding: chunked\r\n");
        sent = chunked(body);
      }
      case 1 ->
          head.append("Content-Length: ")
              .append(random.nextInt(2 * body.length + 1))
              .append("\r\n");
      default -> head.append("Content-Length: ").append(body.length).append("\r\n");
    }
    byte[] request = joined(ascii(head + "\r\n"), sent);
    for (int i = random.nextInt(6) - 3; i > 0; i--) {
      request[random.nextInt(request.length)] = (byte) random.nextInt(256);
    }
    return random.nextInt(10) == 0
        ? Arrays.copyOf(request, random.nextInt(request.length) + 1)
        : request;
  }
}
