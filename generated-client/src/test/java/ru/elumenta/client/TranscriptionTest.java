package ru.elumenta.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.github.tomakehurst.wiremock.http.Request.Part;
import com.github.tomakehurst.wiremock.verification.LoggedRequest;
import feign.Request;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import ru.elumenta.client.error.GenerationFailedException;
import ru.elumenta.client.error.MaxCostExceededException;
import ru.elumenta.client.error.SpeechFileException;
import ru.elumenta.client.error.SpeechFileException.Reason;
import ru.elumenta.client.event.CallInfo;
import ru.elumenta.client.event.CallListener;
import ru.elumenta.client.internal.transport.HttpTransport;
import ru.elumenta.client.model.Generation;
import ru.elumenta.client.options.CircuitBreakerOptions;
import ru.elumenta.client.options.RetryOptions;
import ru.elumenta.client.options.TranscriptionOptions;
import ru.elumenta.error.CircuitOpenException;
import ru.elumenta.error.Execution;
import ru.elumenta.error.ModelUnavailableException;

/** Speech to text, as the service gets and answers it. */
class TranscriptionTest {
  private static final String WRITTEN =
      "{\"id\":18510,\"status\":\"completed\",\"model_slug\":\"whisper\","
          + "\"result_text\":\"Hello and welcome…\",\"tokens_spent\":2,\"processing_ms\":3420}";
  private static final byte[] BYTES = "not really music\r\n--".getBytes();

  private final Service service = new Service();
  private final FakeTime time = new FakeTime();

  @TempDir private Path folder;

  @AfterEach
  void stop() {
    service.close();
  }

  private Path recording(String name) throws IOException {
    return Files.write(folder.resolve(name), BYTES);
  }

  private static List<String> shown(LoggedRequest request) {
    List<String> parts = new ArrayList<>();
    for (Part part : request.getParts()) {
      parts.add(
          part.getHeader("Content-Disposition").firstValue() + ": " + part.getBody().asString());
    }
    return parts;
  }

  @Test
  void aRecordingIsSentAsAFormAndItsTextComesBack() throws Exception {
    service.answers(Service.json(200, WRITTEN));
    try (ElumentaClient elumenta = service.client(time).build()) {
      Generation written = elumenta.transcribe(SpeechFile.of(recording("talk.mp3")));

      assertThat(written.text()).contains("Hello and welcome…");
      assertThat(written.modelName()).contains("whisper");
      assertThat(elumenta.tokensCharged()).isEqualTo(2);
    }
    LoggedRequest request = service.requests().get(0);
    assertThat(request.getUrl()).isEqualTo("/api/v2/stt");
    assertThat(request.getHeader("Authorization")).isEqualTo("Bearer " + Service.KEY);
    assertThat(request.getHeader("Content-Length")).isEqualTo("" + request.getBody().length);
    assertThat(shown(request))
        .containsExactly("form-data; name=\"audio\"; filename=\"talk.mp3\": " + new String(BYTES));
    assertThat(request.getParts().iterator().next().getHeader("Content-Type").firstValue())
        .isEqualTo("audio/mpeg");
    assertThat(service.posts()).isEqualTo(1);
  }

  @Test
  void optionsThatAreSetAreSent() throws Exception {
    service.answers(Service.json(200, WRITTEN));
    try (ElumentaClient elumenta = service.client(time).build()) {
      elumenta.transcribe(
          SpeechFile.of("talk.flac", BYTES),
          TranscriptionOptions.defaults()
              .withModel("elevenlabs-scribe")
              .withLanguage("ru")
              .withDiarize(true));
    }
    assertThat(shown(service.requests().get(0)))
        .containsExactlyInAnyOrder(
            "form-data; name=\"model\": elevenlabs-scribe",
            "form-data; name=\"language\": ru",
            "form-data; name=\"diarize\": true",
            "form-data; name=\"audio\"; filename=\"talk.flac\": " + new String(BYTES));
  }

  @Test
  void theOtherDialectNamesNoModelAndNoTokens() throws Exception {
    service.answers(
        Service.json(
            200,
            "{\"id\":18510,\"status\":\"completed\",\"result_text\":\"Hello and welcome…\","
                + "\"tokens_spent\":0,\"processing_ms\":3420}"));
    try (ElumentaClient elumenta = service.client(time).build()) {
      Generation written =
          elumenta.transcribeAsync(SpeechFile.of("a.wav", BYTES)).get(10, TimeUnit.SECONDS);
      assertThat(written.text()).contains("Hello and welcome…");
      assertThat(written.modelName()).isEmpty();
      assertThat(written.tokensCharged()).hasValue(0);
    }
  }

  @Test
  void aFailedOneIsAFailureAndAPendingOneIsWaitedFor() throws Exception {
    service.answersTo(
        ".*/stt",
        Service.json(200, "{\"status\":\"failed\",\"error\":\"Service unavailable: overloaded\"}"),
        Service.json(200, "{\"id\":7,\"status\":\"pending\"}"));
    service.answersTo(".*/generate/7", Service.json(200, WRITTEN));
    try (ElumentaClient elumenta = service.client(time).build()) {
      SpeechFile recording = SpeechFile.of("a.wav", BYTES);
      assertThatThrownBy(() -> elumenta.transcribe(recording))
          .isInstanceOf(GenerationFailedException.class);
      assertThat(elumenta.transcribe(recording).text()).contains("Hello and welcome…");
      assertThat(service.posts()).isEqualTo(2);
    }
  }

  // Names

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "a\"b.mp3|a%22b.mp3",
        "речь и müsik.ogg|речь и müsik.ogg",
        "a\\b.mp3|a_b.mp3",
        "💿.m4a|💿.m4a"
      })
  void aNameIsQuoted(String name, String sent) throws Exception {
    service.answers(Service.json(200, WRITTEN));
    try (ElumentaClient elumenta = service.client(time).build()) {
      elumenta.transcribe(SpeechFile.of(name, BYTES));
    }
    assertThat(service.requests().get(0).getBodyAsString())
        .contains("Content-Disposition: form-data; name=\"audio\"; filename=\"" + sent + "\"\r\n");
  }

  @Test
  void aNameCannotAddALine() throws Exception {
    service.answers(Service.json(200, WRITTEN));
    try (ElumentaClient elumenta = service.client(time).build()) {
      elumenta.transcribe(SpeechFile.of("a\"\r\nX-Evil: 1\r\n\r\nb\u2028\u0000.mp3", BYTES));
    }
    assertThat(shown(service.requests().get(0)))
        .containsExactly(
            "form-data; name=\"audio\"; filename=\"a%22__X-Evil: 1____b__.mp3\": "
                + new String(BYTES));
  }

  @Test
  void aRecordingCanBeGivenAnotherName() throws Exception {
    service.answers(Service.json(200, WRITTEN));
    try (ElumentaClient elumenta = service.client(time).build()) {
      elumenta.transcribe(SpeechFile.of(recording("upload.tmp")).named("talk.webm"));
    }
    assertThat(shown(service.requests().get(0)).get(0)).contains("filename=\"talk.webm\"");
  }

  // What is refused

  private SpeechFileException refused(SpeechFile recording, Reason reason) {
    try (ElumentaClient elumenta = service.client(time).build()) {
      SpeechFileException refusal =
          catchThrowableOfType(SpeechFileException.class, () -> elumenta.transcribe(recording));
      assertThat(refusal.reason()).isEqualTo(reason);
      assertThat(refusal.execution()).isEqualTo(Execution.NOT_EXECUTED);
      assertThat(refusal).hasMessageContaining("Nothing was executed and nothing was charged.");
      assertThat(service.requests()).isEmpty();
      return refusal;
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"a.txt", "a.aac", "mp3", "a", "a.mp3.zip", "a.", ".MP"})
  void anotherFormatIsRefused(String name) {
    assertThat(refused(SpeechFile.of(name, BYTES), Reason.FORMAT))
        .hasMessageContaining("mp3, mp4, wav, m4a, ogg, flac, webm");
  }

  @Test
  void whatIsTooLargeIsRefusedWithLimitAndSize() throws Exception {
    Path large = folder.resolve("large.MP3");
    try (RandomAccessFile file = new RandomAccessFile(large.toFile(), "rw")) {
      file.setLength((25L << 20) + 1);
    }
    assertThat(refused(SpeechFile.of(large), Reason.TOO_LARGE))
        .hasMessageContaining("26214401 bytes")
        .hasMessageContaining("26214400 (25 MB)")
        .hasMessageContaining("Cut it");
    refused(
        SpeechFile.of("a.mp3", () -> InputStream.nullInputStream(), 1L << 40), Reason.TOO_LARGE);
  }

  @Test
  void whatCannotBeReadIsRefused() throws Exception {
    Files.createDirectory(folder.resolve("directory.mp3"));
    assertThat(refused(SpeechFile.of(folder.resolve("missing.mp3")), Reason.UNREADABLE))
        .hasMessageContaining("missing.mp3 does not exist");
    assertThat(refused(SpeechFile.of(folder.resolve("directory.mp3")), Reason.UNREADABLE))
        .hasMessageContaining("is a directory");
    assertThat(refused(SpeechFile.of(Path.of("/dev/null")).named("a.mp3"), Reason.UNREADABLE))
        .hasMessageContaining("is no regular file");
    refused(SpeechFile.of("a.mp3", new byte[0]), Reason.UNREADABLE);
    refused(SpeechFile.of("a.mp3", () -> null, 5), Reason.UNREADABLE);
    refused(
        SpeechFile.of(
            "a.mp3",
            () -> {
              throw new IllegalStateException("no stream today");
            },
            5),
        Reason.UNREADABLE);
  }

  @Test
  void argumentsAreChecked() {
    assertThatIllegalArgumentException().isThrownBy(() -> SpeechFile.of(" ", BYTES));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> SpeechFile.of("a.mp3", InputStream.nullInputStream(), -1));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> TranscriptionOptions.defaults().withModel(" "));
    try (ElumentaClient elumenta = service.client(time).build()) {
      assertThatIllegalArgumentException().isThrownBy(() -> elumenta.transcribe(null, null));
    }
  }

  @Test
  void aStreamServesOneCall() throws Exception {
    service.answers(Service.json(200, WRITTEN));
    AtomicInteger closed = new AtomicInteger();
    InputStream stream =
        new ByteArrayInputStream(BYTES) {
          @Override
          public void close() {
            closed.incrementAndGet();
          }
        };
    SpeechFile recording = SpeechFile.of("a.mp3", stream, BYTES.length);
    try (ElumentaClient elumenta = service.client(time).build()) {
      elumenta.transcribe(recording);
      assertThat(closed.get()).isPositive();
      assertThatThrownBy(() -> elumenta.transcribe(recording))
          .isInstanceOf(SpeechFileException.class)
          .hasMessageContaining("given to a call before");
      assertThat(service.posts()).isEqualTo(1);
    }
  }

  // What else the client does for a call

  @Test
  void aPriceAboveWhatIsAllowedKeepsItFromBeingSent() {
    service.answersTo(
        ".*/calculate-price",
        Service.json(200, "{\"model_slug\":\"whisper\",\"token_cost\":2,\"max_token_cost\":4}"));
    service.answersTo(".*/stt", Service.json(200, WRITTEN));
    try (ElumentaClient elumenta = service.client(time).build()) {
      SpeechFile recording = SpeechFile.of("a.mp3", BYTES);
      assertThatThrownBy(() -> elumenta.maxCost(1).transcribe(recording))
          .isInstanceOf(MaxCostExceededException.class)
          .hasMessageContaining("POST /stt was not sent: with whisper it may cost 2 tokens");
      assertThatThrownBy(
              () ->
                  elumenta
                      .maxCost(3)
                      .transcribe(recording, TranscriptionOptions.defaults().withDiarize(true)))
          .isInstanceOf(MaxCostExceededException.class);
      assertThat(service.requestsTo(".*/stt")).isZero();

      elumenta.maxCost(2).transcribe(recording);
      assertThat(service.requestsTo(".*/stt")).isEqualTo(1);
    }
  }

  @Test
  void itsModelHasACircuitBreakerAndAListenerIsTold() {
    service.answers(Service.json(503, "{\"error\":\"model_unavailable\",\"message\":\"down\"}"));
    List<String> told = new ArrayList<>();
    CallListener listener =
        new CallListener() {
          @Override
          public void attemptStarted(CallInfo call, int attempt) {
            told.add(call.operation() + " " + call.model().orElse("none"));
          }
        };
    try (ElumentaClient elumenta =
        service
            .client(time)
            .retry(RetryOptions.none())
            .circuitBreaker(CircuitBreakerOptions.defaults())
            .listener(listener)
            .build()) {
      SpeechFile recording = SpeechFile.of("a.mp3", BYTES);
      Throwable last = null;
      for (int i = 0; i < 100 && !(last instanceof CircuitOpenException); i++) {
        last = catchThrowableOfType(RuntimeException.class, () -> elumenta.transcribe(recording));
        assertThat(last)
            .isInstanceOfAny(ModelUnavailableException.class, CircuitOpenException.class);
      }
      assertThat(last).isInstanceOf(CircuitOpenException.class).hasMessageContaining("whisper");
      assertThat(told).hasSize(service.posts()).containsOnly("transcribe whisper");
    }
  }

  @Test
  void aGivenTransportGetsTheFormInOnePiece() throws Exception {
    service.answers(Service.json(200, WRITTEN));
    try (HttpTransport given = new HttpTransport();
        ElumentaClient elumenta =
            service
                .client(time)
                .transport((request, any) -> given.execute(request, new Request.Options()))
                .build()) {
      elumenta.transcribe(SpeechFile.of(recording("talk.mp3")));
      assertThatThrownBy(() -> elumenta.transcribe(SpeechFile.of(folder.resolve("missing.mp3"))))
          .isInstanceOf(SpeechFileException.class);
    }
    assertThat(shown(service.requests().get(0)))
        .containsExactly("form-data; name=\"audio\"; filename=\"talk.mp3\": " + new String(BYTES));
    assertThat(service.posts()).isEqualTo(1);
  }
}
