package ru.elumenta.client;

import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Flow;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import ru.elumenta.client.api.HistoryApi;
import ru.elumenta.client.api.ModelsApi;
import ru.elumenta.client.api.UserApi;
import ru.elumenta.client.check.Require;
import ru.elumenta.client.internal.call.CallLimits;
import ru.elumenta.client.internal.call.OutcomeLookUp;
import ru.elumenta.client.internal.codec.JsonCodec;
import ru.elumenta.client.internal.cost.CountedCalls;
import ru.elumenta.client.internal.cost.PriceCheck;
import ru.elumenta.client.internal.job.JobOutcomes;
import ru.elumenta.client.internal.job.ModelFallback;
import ru.elumenta.client.internal.service.ClientCore;
import ru.elumenta.client.internal.service.Generations;
import ru.elumenta.client.internal.stream.StreamStart;
import ru.elumenta.client.journal.CallJournal;
import ru.elumenta.client.journal.CallOutcome;
import ru.elumenta.client.journal.OpenCall;
import ru.elumenta.client.model.Balance;
import ru.elumenta.client.model.Generation;
import ru.elumenta.client.model.GenerationId;
import ru.elumenta.client.model.GenerationRequest;
import ru.elumenta.client.model.HistoryItem;
import ru.elumenta.client.model.Price;
import ru.elumenta.client.model.PriceRequest;
import ru.elumenta.client.options.HistoryFilter;
import ru.elumenta.client.options.TranscriptionOptions;
import ru.elumenta.error.RateLimits;

/** The calls of a client, all within one limit of time and of cost. Thread-safe. */
abstract class CoreCalls implements ElumentaCalls {
  private final ClientCore core;
  private final CallLimits limits;
  private final Generations generations;
  private final Map<Class<?>, Object> apis = new ConcurrentHashMap<>();

  CoreCalls(ClientCore core, CallLimits limits) {
    this.core = core;
    this.limits = limits;
    this.generations = new Generations(core, limits);
  }

  @Override
  public ElumentaCalls within(Duration callTimeout) {
    return new LimitedCalls(core, limits.within(Require.positive("callTimeout", callTimeout)));
  }

  @Override
  public ElumentaCalls maxCost(long tokens) {
    Require.that(tokens >= 0, "maxCost must not be negative, but is %s.", tokens);
    return new LimitedCalls(core, limits.maxCost(tokens));
  }

  @Override
  public ElumentaCalls journal(CallJournal journal) {
    return new LimitedCalls(core, limits.journal(Require.notNull("journal", journal)));
  }

  @Override
  public CallJournal journal() {
    return generations.journal();
  }

  @Override
  public <T> T api(Class<T> type) {
    return type.cast(apis.computeIfAbsent(Require.notNull("type", type), this::create));
  }

  private <T> T create(Class<T> type) {
    return CountedCalls.of(type, generations.api(type), core.spending());
  }

  @Override
  public Generation generate(GenerationRequest request) {
    return generations.generate(request);
  }

  @Override
  public GenerationJob submit(GenerationRequest request) {
    return new GenerationJob(generations.submit(request));
  }

  @Override
  public GenerationStream stream(GenerationRequest request) {
    StreamStart.Opened opened = generations.stream(Require.notNull("request", request));
    return new GenerationStream(
        opened.events(),
        opened.failures(),
        opened.report(),
        core.spending(),
        core.streaming().keepsText());
  }

  @Override
  public CompletableFuture<StreamResult> streamAsync(
      GenerationRequest request, Consumer<? super StreamEvent> events) {
    GenerationRequest copy = JsonCodec.copyOf(Require.notNull("request", request));
    Require.notNull("events", events);
    return core.async()
        .start(
            () -> {
              try (GenerationStream stream = stream(copy)) {
                stream.forEach(events);
                return stream.result();
              }
            });
  }

  @Override
  public Flow.Publisher<StreamEvent> streamPublisher(GenerationRequest request) {
    GenerationRequest copy = JsonCodec.copyOf(Require.notNull("request", request));
    return core.publisher(() -> new PublishedStream(stream(copy)));
  }

  @Override
  public ModelAnswer generateWithFallback(GenerationRequest request, List<String> furtherModels) {
    ModelFallback.Answered answered = generations.withFallback(request, furtherModels);
    return new ModelAnswer(answered.model(), answered.generation(), answered.passedOver());
  }

  @Override
  public <A, T extends @Nullable Object> CompletableFuture<T> async(
      Class<A> type, Function<? super A, ? extends T> call) {
    Require.notNull("call", call);
    A api = api(type);
    return core.async().start(() -> call.apply(api));
  }

  @Override
  public CompletableFuture<Generation> generateAsync(GenerationRequest request) {
    GenerationRequest copy = JsonCodec.copyOf(Require.notNull("request", request));
    return core.async().start(() -> generate(copy));
  }

  @Override
  public CompletableFuture<GenerationJob> submitAsync(GenerationRequest request) {
    GenerationRequest copy = JsonCodec.copyOf(Require.notNull("request", request));
    return core.async().start(() -> submit(copy));
  }

  @Override
  public List<OpenCall> openCalls() {
    return journal().openCalls();
  }

  @Override
  public LookUpResult lookUp(OpenCall call) {
    Require.notNull("call", call);
    Require.that(
        call.state() != OpenCall.State.UNDER_WAY,
        "The call is still under way; wait for it, or look it up once it is lost.");
    OutcomeLookUp.Finding finding = generations.lookUp(call);
    if (finding instanceof OutcomeLookUp.Found found) {
      return new LookUpResult.Found(attach(found.id()));
    }
    if (finding instanceof OutcomeLookUp.Ran ran) {
      return new LookUpResult.Found(attach(ran.id()));
    }
    if (finding instanceof OutcomeLookUp.Unclear unclear) {
      return new LookUpResult.Unclear(unclear.because());
    }
    return finding instanceof OutcomeLookUp.Perhaps perhaps
        ? new LookUpResult.Several(perhaps.ids())
        : new LookUpResult.NotShown();
  }

  @Override
  public void dismiss(OpenCall call) {
    journal().close(Require.notNull("call", call).id(), CallOutcome.answered(null));
  }

  @Override
  public GenerationJob attach(GenerationId id) {
    return new GenerationJob(generations.attach(Require.notNull("id", id)));
  }

  @Override
  public Generation transcribe(SpeechFile recording) {
    return transcribe(recording, TranscriptionOptions.defaults());
  }

  @Override
  public Generation transcribe(SpeechFile recording, TranscriptionOptions options) {
    Require.notNull("recording", recording);
    Require.notNull("options", options);
    return generations.transcribe(recording.source(), recording.name(), options);
  }

  @Override
  public CompletableFuture<Generation> transcribeAsync(SpeechFile recording) {
    return transcribeAsync(recording, TranscriptionOptions.defaults());
  }

  @Override
  public CompletableFuture<Generation> transcribeAsync(
      SpeechFile recording, TranscriptionOptions options) {
    Require.notNull("recording", recording);
    Require.notNull("options", options);
    return core.async().start(() -> transcribe(recording, options));
  }

  @Override
  public Download download(Generation generation) {
    return Download.of(Require.notNull("generation", generation), core, downloadLimit());
  }

  @Override
  public Download download(HistoryItem row) {
    return Download.of(Require.notNull("row", row), core, downloadLimit());
  }

  @Override
  public Download download(String fileUrl) {
    return Download.of(Require.notNull("fileUrl", fileUrl), core, downloadLimit());
  }

  private Duration downloadLimit() {
    return limits.callTimeout().orElse(Download.DEFAULT_LIMIT);
  }

  @Override
  public Price price(GenerationRequest request) {
    GenerationRequest priced = PriceCheck.priceable(request);
    return api(ModelsApi.class)
        .calculatePrice(priced.getModel(), new PriceRequest().params(priced.getParams()));
  }

  @Override
  public OptionalLong highestPrice(GenerationRequest request) {
    return generations.highestPrice(request);
  }

  @Override
  public Balance balance() {
    return api(UserApi.class).getBalance();
  }

  @Override
  public long tokensCharged() {
    return core.spending().tokens();
  }

  @Override
  public History history() {
    return history(HistoryFilter.all());
  }

  @Override
  public History history(HistoryFilter filter) {
    return new History(api(HistoryApi.class), Require.notNull("filter", filter));
  }

  @Override
  public Stream<JobOutcome> awaitAll(Collection<GenerationJob> jobs) {
    return JobOutcomes.of(
        List.copyOf(Require.notNull("jobs", jobs)), GenerationJob::awaitAsync, JobOutcome::new);
  }

  @Override
  public Optional<RateLimits> rateLimits() {
    return core.calls().latestRateLimits();
  }

  /** Shows the base URL, never the credentials. */
  @Override
  public String toString() {
    return "ElumentaClient[" + core.baseUrl() + "]";
  }
}
