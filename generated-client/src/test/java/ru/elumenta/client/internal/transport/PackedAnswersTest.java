package ru.elumenta.client.internal.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static ru.elumenta.client.internal.transport.Streams.prompt;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.zip.Deflater;
import java.util.zip.DeflaterOutputStream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import ru.elumenta.client.ElumentaClient;
import ru.elumenta.client.GenerationStream;
import ru.elumenta.client.StreamEvent;
import ru.elumenta.client.api.ModelsApi;
import ru.elumenta.client.error.StreamBrokenException;
import ru.elumenta.client.model.Generation;
import ru.elumenta.client.model.GenerationId;
import ru.elumenta.client.options.RetryOptions;
import ru.elumenta.error.ElumentaException;
import ru.elumenta.error.Execution;
import ru.elumenta.error.ProviderException;
import ru.elumenta.error.ResponseFormatException;

/** Answers that a gateway packs, over real sockets. */
class PackedAnswersTest {
  private static final String DONE =
      "{\"id\":18473,\"status\":\"completed\",\"result_text\":\"Привет\",\"tokens_spent\":3}";

  enum Coding {
    GZIP("gzip"),
    X_GZIP("x-gzip"),
    GZIP_IN_CAPITALS("GZip"),
    ZLIB("deflate"),
    RAW_DEFLATE("deflate"),
    TWICE("gzip, gzip"),
    BOTH("deflate, gzip"),
    UNDONE_ON_THE_WAY("gzip"),
    INFLATED_ON_THE_WAY("deflate"),
    IDENTITY("identity");

    private final String header;

    Coding(String header) {
      this.header = header;
    }

    byte[] pack(byte[] plain) throws IOException {
      return switch (this) {
        case GZIP, X_GZIP, GZIP_IN_CAPITALS -> gzip(plain);
        case ZLIB -> deflate(plain, false);
        case RAW_DEFLATE -> deflate(plain, true);
        case TWICE -> gzip(gzip(plain));
        case BOTH -> gzip(deflate(plain, false));
        default -> plain;
      };
    }
  }

  @ParameterizedTest
  @EnumSource
  void aResultIsUnpacked(Coding coding) throws Exception {
    try (RawServer server = answering(200, coding, DONE);
        ElumentaClient elumenta = Streams.client(server).build()) {
      Generation result = elumenta.generate(prompt());

      assertThat(result.text()).contains("Привет");
      assertThat(server.requests()).isEqualTo(1);
      assertThat(server.received().get(0).values("Accept-Encoding"))
          .containsExactly("gzip, deflate");
    }
  }

  @ParameterizedTest
  @EnumSource
  void aPollIsUnpacked(Coding coding) throws Exception {
    try (RawServer server = answering(200, coding, DONE);
        ElumentaClient elumenta = Streams.client(server).build()) {
      assertThat(elumenta.attach(GenerationId.of(18473)).await().text()).contains("Привет");
    }
  }

  @ParameterizedTest
  @EnumSource
  void anErrorIsUnpackedAndKnown(Coding coding) throws Exception {
    try (RawServer server =
            answering(
                500,
                coding,
                "{\"error\":\"provider_error\",\"message\":\"No\",\"provider\":\"x\"}");
        ElumentaClient elumenta =
            Streams.client(server).retry(RetryOptions.defaults().withMaxAttempts(1)).build()) {
      ProviderException e =
          catchThrowableOfType(ProviderException.class, () -> elumenta.generate(prompt()));

      assertThat(e.execution()).isEqualTo(Execution.NOT_EXECUTED);
      assertThat(e.provider()).contains("x");
      assertThat(e.context().rawBody().orElseThrow()).startsWith("{\"error\"");
    }
  }

  @ParameterizedTest
  @EnumSource
  void aStreamIsUnpackedWhileItArrives(Coding coding) throws Exception {
    byte[] packed = coding.pack(Streams.FIRST.getBytes(StandardCharsets.UTF_8));
    try (RawServer server =
            RawServer.script(
                conn -> {
                  conn.readRequest();
                  conn.write(
                      "HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nContent-Encoding: "
                          + coding.header
                          + "\r\n\r\n");
                  for (byte one : packed) {
                    conn.write(new byte[] {one});
                  }
                  conn.close();
                });
        ElumentaClient elumenta = Streams.client(server).build();
        GenerationStream stream = elumenta.stream(prompt())) {
      assertThat(stream.result().text()).isEqualTo("Once");
      assertThat(stream.result().tokensCharged()).hasValue(3);
      assertThat(server.received().get(0).values("Accept-Encoding"))
          .containsExactly("identity, gzip;q=0.5, deflate;q=0.5");
    }
  }

  @Test
  void aPieceThatIsFlushedIsDeliveredThoughTheRestNeverComes() throws Exception {
    ByteArrayOutputStream packed = new ByteArrayOutputStream();
    try (GZIPOutputStream gzip = new GZIPOutputStream(packed, 512, true)) {
      gzip.write((Streams.START + Streams.delta("Once")).getBytes(StandardCharsets.UTF_8));
      gzip.flush();
      byte[] flushed = packed.toByteArray();
      try (RawServer server =
              RawServer.script(
                  conn -> {
                    conn.readRequest();
                    conn.write(
                        "HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\n"
                            + "Content-Encoding: gzip\r\n\r\n");
                    conn.write(flushed);
                    conn.stall();
                  });
          ElumentaClient elumenta = Streams.client(server).build();
          GenerationStream stream = elumenta.stream(prompt())) {
        var events = stream.iterator();
        events.next();

        assertThat(events.next()).isEqualTo(new StreamEvent.Delta("Once"));
      }
    }
  }

  @Test
  void aPackedStreamThatBreaksOffKeepsTheText() throws Exception {
    String text = Streams.START + Streams.delta("Once") + ": " + "padding".repeat(10_000) + "\n";
    byte[] packed = Coding.GZIP.pack(text.getBytes(StandardCharsets.UTF_8));
    try (RawServer server =
            sending("text/event-stream", "gzip", Arrays.copyOf(packed, packed.length - 9));
        ElumentaClient elumenta = Streams.client(server).build();
        GenerationStream stream = elumenta.stream(prompt())) {
      StreamBrokenException e = catchThrowableOfType(StreamBrokenException.class, stream::result);

      assertThat(e.text()).isEqualTo("Once");
      assertThat(e).hasMessageContaining("packed body is damaged or broke off");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"gzip", "deflate", "gzip, gzip"})
  void aBombIsAnErrorAndFillsNoMemory(String codings) throws Exception {
    byte[] bomb = bomb(1 << 30, codings);
    try (RawServer server = sending("application/json", codings, bomb);
        ElumentaClient elumenta = Streams.client(server).build()) {
      Throwable thrown = catchThrowable(() -> elumenta.api(ModelsApi.class).getModel("gpt-5"));

      assertThat(thrown).isInstanceOf(ResponseFormatException.class);
      assertThat(thrown).hasMessageContaining("is longer than the 67108864 bytes");
      assertThat(server.requests()).isEqualTo(1);
    }
  }

  @Test
  void aBombInAStreamIsAnError() throws Exception {
    try (RawServer server = sending("text/event-stream", "gzip", bomb(64 << 20, "gzip"));
        ElumentaClient elumenta = Streams.client(server).build()) {
      assertThat(catchThrowable(() -> elumenta.stream(prompt()).result()))
          .isInstanceOf(ElumentaException.class)
          .hasMessageContaining("an event longer than");
    }
  }

  @Test
  void aPackedErrorThatIsDamagedKeepsItsStatus() throws Exception {
    byte[] packed = gzip("{\"error\":\"insufficient_tokens\"}".getBytes(StandardCharsets.UTF_8));
    try (RawServer server = sending(402, "application/json", "gzip", Arrays.copyOf(packed, 12));
        ElumentaClient elumenta = Streams.client(server).build()) {
      Throwable thrown = catchThrowable(() -> elumenta.generate(prompt()));

      assertThat(((ElumentaException) thrown).context().status()).hasValue(402);
      assertThat(((ElumentaException) thrown).execution()).isEqualTo(Execution.NOT_EXECUTED);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"br", "zstd", "gzip, gzip, gzip, gzip"})
  void whatNobodyAskedForIsNamed(String coding) throws Exception {
    try (RawServer server =
            sending("application/json", coding, DONE.getBytes(StandardCharsets.UTF_8));
        ElumentaClient elumenta = Streams.client(server).build()) {
      assertThat(catchThrowable(() -> elumenta.api(ModelsApi.class).getModel("gpt-5")))
          .isInstanceOf(ResponseFormatException.class)
          .hasMessageContaining("is packed as [" + coding);
    }
  }

  private static byte[] bomb(int length, String codings) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (OutputStream out =
        codings.equals("deflate") ? new DeflaterOutputStream(bytes) : new GZIPOutputStream(bytes)) {
      byte[] spaces = " ".repeat(1 << 20).getBytes(StandardCharsets.UTF_8);
      for (int written = 0; written < length; written += spaces.length) {
        out.write(spaces);
      }
    }
    return codings.contains(",") ? gzip(bytes.toByteArray()) : bytes.toByteArray();
  }

  private static byte[] gzip(byte[] plain) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (GZIPOutputStream out = new GZIPOutputStream(bytes)) {
      out.write(plain);
    }
    return bytes.toByteArray();
  }

  private static byte[] deflate(byte[] plain, boolean isRaw) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (OutputStream out = new DeflaterOutputStream(bytes, new Deflater(6, isRaw))) {
      out.write(plain);
    }
    return bytes.toByteArray();
  }

  private static RawServer answering(int status, Coding coding, String body) throws Exception {
    return sending(
        status,
        "application/json",
        coding.header,
        coding.pack(body.getBytes(StandardCharsets.UTF_8)));
  }

  private static RawServer sending(String type, String coding, byte[] body) throws Exception {
    return sending(200, type, coding, body);
  }

  private static RawServer sending(int status, String type, String coding, byte[] body)
      throws Exception {
    String head =
        "HTTP/1.1 %d X\r\nContent-Type: %s\r\nContent-Encoding: %s\r\nContent-Length: %d\r\n\r\n"
            .formatted(status, type, coding, body.length);
    return RawServer.script(
        conn -> {
          conn.readRequest();
          conn.write(head);
          conn.write(body);
        });
  }
}
