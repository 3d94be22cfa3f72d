package ru.elumenta.benchmarks;

import java.io.OutputStream;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import ru.elumenta.client.ElumentaClient;
import ru.elumenta.client.ElumentaClientBuilder;
import ru.elumenta.client.GenerationStream;
import ru.elumenta.client.SpeechFile;
import ru.elumenta.client.api.GenerationsApi;
import ru.elumenta.client.event.AttemptReport;
import ru.elumenta.client.event.CallInfo;
import ru.elumenta.client.event.CallListener;
import ru.elumenta.client.journal.CallJournal;
import ru.elumenta.client.journal.OpenCall;
import ru.elumenta.client.journal.RequestFingerprint;
import ru.elumenta.client.model.GenerationId;
import ru.elumenta.client.model.GenerationRequest;
import ru.elumenta.client.options.CircuitBreakerOptions;

/** This client. */
final class ElumentaSubjects {
  private static final GenerationId ID = GenerationId.of("18473");

  private ElumentaSubjects() {}

  private static ElumentaClientBuilder builder(String address) {
    return ElumentaClient.builder().apiKey(Answers.KEY).baseUrl(address);
  }

  static ElumentaClientBuilder inMemory() {
    return ElumentaClient.builder().apiKey(Answers.KEY).transport(new CannedTransport());
  }

  /** A free call by its generated interface. */
  static Subject read() {
    GenerationsApi api = inMemory().build().api(GenerationsApi.class);
    return () -> Require.answer(api.getGeneration(ID).getResultText());
  }

  /** A paid call by its generated interface. */
  static Subject create() {
    GenerationsApi api = inMemory().build().api(GenerationsApi.class);
    return () -> Require.answer(api.createGeneration(Answers.request()).getResultText());
  }

  static Subject generate() {
    return generating(inMemory());
  }

  /** With breaker, pacing and a listener that looks at nothing. */
  static Subject everything() {
    return generating(
        inMemory()
            .circuitBreaker(CircuitBreakerOptions.defaults())
            .pacing(true)
            .listener(new Listening()));
  }

  static Subject overLoopback(String address) {
    return generating(builder(address));
  }

  static Subject generating(ElumentaClientBuilder builder) {
    ElumentaClient elumenta = builder.build();
    return closing(
        elumenta, () -> Require.answer(elumenta.generate(Answers.request()).text().orElseThrow()));
  }

  /** With so many calls of other processes that nobody knows the end of. */
  static Subject withOpenCalls(int open) {
    CallJournal journal = CallJournal.inMemory();
    for (int i = 0; i < open; i++) {
      GenerationRequest request = Answers.request().prompt("Prompt number " + i);
      journal.open(
          OpenCall.of(
              "createGeneration",
              request.getModel(),
              RequestFingerprint.of(
                  Map.of("model", request.getModel(), "prompt", request.getPrompt())),
              Instant.now(),
              null),
          Duration.ofSeconds(1));
    }
    return generating(inMemory().journal(journal));
  }

  /** All events of a stream, the text of which nobody asks for. */
  static Subject stream(String address) {
    ElumentaClient elumenta = builder(address).build();
    GenerationRequest request = Answers.request().params(null);
    return closing(
        elumenta,
        () -> {
          try (GenerationStream stream = elumenta.stream(request)) {
            stream.forEach(event -> {});
          }
        });
  }

  static Subject download(String address) {
    ElumentaClient elumenta = builder(address).build();
    return closing(
        elumenta, () -> elumenta.download(address + "/file").to(OutputStream.nullOutputStream()));
  }

  static Subject upload(String address, long length) {
    ElumentaClient elumenta = builder(address).build();
    return closing(
        elumenta,
        () -> elumenta.transcribe(SpeechFile.of("a.mp3", () -> new Zeros(length), length)));
  }

  private static Subject closing(ElumentaClient client, Subject call) {
    return new Subject() {
      @Override
      public void call() throws Exception {
        call.call();
      }

      @Override
      public void close() {
        client.close();
      }
    };
  }

  private static final class Listening implements CallListener {
    @Override
    public void attemptEnded(CallInfo call, AttemptReport report) {
      if (report.failure().isPresent()) {
        throw new IllegalStateException(report.failure().get());
      }
    }
  }
}
