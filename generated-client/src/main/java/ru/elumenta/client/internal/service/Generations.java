package ru.elumenta.client.internal.service;

import java.time.Duration;
import java.util.List;
import java.util.OptionalLong;
import ru.elumenta.client.api.GenerationsApi;
import ru.elumenta.client.internal.call.AnswerNote;
import ru.elumenta.client.internal.call.CallLimits;
import ru.elumenta.client.internal.call.CallTerms;
import ru.elumenta.client.internal.call.OutcomeLookUp.Finding;
import ru.elumenta.client.internal.call.ResilientCalls;
import ru.elumenta.client.internal.cost.PriceApi;
import ru.elumenta.client.internal.cost.PriceCheck;
import ru.elumenta.client.internal.job.GenerationPolls;
import ru.elumenta.client.internal.job.JobState;
import ru.elumenta.client.internal.job.ModelFallback;
import ru.elumenta.client.internal.stream.StreamStart;
import ru.elumenta.client.internal.stream.StreamingApi;
import ru.elumenta.client.internal.upload.SpeechSource;
import ru.elumenta.client.internal.upload.Transcription;
import ru.elumenta.client.journal.CallJournal;
import ru.elumenta.client.journal.OpenCall;
import ru.elumenta.client.model.Generation;
import ru.elumenta.client.model.GenerationId;
import ru.elumenta.client.model.GenerationRequest;
import ru.elumenta.client.options.TranscriptionOptions;

/**
 * What creates generations within given limits. Each method opens the one deadline of its call
 * before it does anything else. Thread-safe.
 */
public final class Generations {
  private final ClientCore core;
  private final CallLimits limits;

  public Generations(ClientCore core, CallLimits limits) {
    this.core = core;
    this.limits = limits;
  }

  private CallTerms begin() {
    return limits.begin(core.settings());
  }

  /** Returns an interface whose calls have the limits. */
  public <T> T api(Class<T> type) {
    T api = core.api(type);
    return limits.callTimeout().isEmpty() && limits.journal().isEmpty()
        ? api
        : core.calls().on(limits, type, api);
  }

  /** Creates a generation and waits for it. */
  public Generation generate(GenerationRequest request) {
    CallTerms terms = begin();
    return create(request, terms).awaitWithin(terms, Duration.ZERO);
  }

  /** Creates a generation. */
  public JobState submit(GenerationRequest request) {
    return create(request, begin());
  }

  private JobState create(GenerationRequest request, CallTerms terms) {
    prices().pass(request, terms);
    AnswerNote answer = new AnswerNote();
    GenerationsApi api =
        ResilientCalls.on(
            terms.noting(answer), GenerationsApi.class, core.api(GenerationsApi.class));
    Generation created = api.createGeneration(request);
    return JobState.created(created, answer, request.getModel(), polls());
  }

  /** Creates a generation with the first model that is there for it, and waits for it. */
  public ModelFallback.Answered withFallback(
      GenerationRequest request, List<String> furtherModels) {
    return new ModelFallback(this::create, begin(), core.time())
        .ask(ModelFallback.requests(request, furtherModels));
  }

  /** Creates a text, up to its first event. */
  public StreamStart.Opened stream(GenerationRequest request) {
    CallTerms terms = begin();
    StreamingApi streams =
        core.interfaces()
            .streams()
            .orElseThrow(
                () ->
                    new IllegalStateException(
                        "A client with a transport given to the builder cannot stream, because"
                            + " Feign reads answers whole; build one without transport(…) for"
                            + " streams. Nothing was sent."));
    prices().pass(request, terms);
    Duration longestSilence = core.streaming().idle().orElse(core.settings().attemptTimeout());
    return new StreamStart(
            streams,
            core.settings().listeners(),
            core.time(),
            core.streaming().limit(),
            longestSilence)
        .open(request, terms);
  }

  /** Writes down a recording, and waits for it. */
  public Generation transcribe(SpeechSource recording, String name, TranscriptionOptions options) {
    CallTerms terms = begin();
    AnswerNote answer = new AnswerNote();
    Generation written =
        new Transcription(
                core.interfaces().transcriptions(), core.interfaces().uploadReader(), core.time())
            .send(
                recording,
                name,
                options,
                terms.noting(answer),
                () -> prices().pass(options, terms));
    return JobState.created(written, answer, Transcription.model(options), polls())
        .awaitWithin(terms, Duration.ZERO);
  }

  /** Takes up a generation that was created earlier. */
  public JobState attach(GenerationId id) {
    return JobState.attached(id, polls());
  }

  /** Looks once for what a lost call has made. */
  public Finding lookUp(OpenCall call) {
    return core.lostCalls().look(call, journal(), begin().deadline());
  }

  /** Returns where paid requests are written down. */
  public CallJournal journal() {
    return limits.journal().orElse(core.lostCalls().journal());
  }

  /** Returns the most that a request may cost, in whole tokens; empty if it is told no price. */
  public OptionalLong highestPrice(GenerationRequest request) {
    return prices().highest(request, begin());
  }

  private PriceCheck prices() {
    return new PriceCheck(core.api(PriceApi.class), core.time());
  }

  private GenerationPolls polls() {
    return core.polls(api(GenerationsApi.class));
  }
}
