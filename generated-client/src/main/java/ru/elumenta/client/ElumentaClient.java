package ru.elumenta.client;

import feign.TypedResponse;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import ru.elumenta.client.api.GenerationsApi;
import ru.elumenta.client.api.HistoryApi;
import ru.elumenta.client.api.ModelsApi;
import ru.elumenta.client.api.UserApi;
import ru.elumenta.client.check.Require;
import ru.elumenta.client.error.GenerationFailedException;
import ru.elumenta.client.error.SpeechFileException;
import ru.elumenta.client.error.WaitTimeoutException;
import ru.elumenta.client.internal.call.CallTerms;
import ru.elumenta.client.internal.call.Deadline;
import ru.elumenta.client.internal.call.ResilientCalls;
import ru.elumenta.client.internal.codec.JsonCodec;
import ru.elumenta.client.internal.cost.CountedCalls;
import ru.elumenta.client.internal.cost.PriceApi;
import ru.elumenta.client.internal.cost.PriceCheck;
import ru.elumenta.client.internal.job.GenerationPolls;
import ru.elumenta.client.internal.job.JobOutcomes;
import ru.elumenta.client.internal.job.JobState;
import ru.elumenta.client.internal.job.ModelFallback;
import ru.elumenta.client.internal.stream.StreamStart;
import ru.elumenta.client.internal.upload.Transcription;
import ru.elumenta.client.model.Balance;
import ru.elumenta.client.model.Generation;
import ru.elumenta.client.model.GenerationId;
import ru.elumenta.client.model.GenerationRequest;
import ru.elumenta.client.model.HistoryItem;
import ru.elumenta.client.model.Price;
import ru.elumenta.client.model.PriceRequest;
import ru.elumenta.client.options.HistoryFilter;
import ru.elumenta.client.options.PollingOptions;
import ru.elumenta.client.options.Recovery;
import ru.elumenta.client.options.StreamOptions;
import ru.elumenta.client.options.TranscriptionOptions;
import ru.elumenta.error.RateLimits;

/**
 * A client for the Elumenta API.
 *
 * <pre>{@code
 * try (ElumentaClient elumenta = ElumentaClient.fromEnv()) {
 *   Generation image = elumenta.generate(new GenerationRequest()
 *       .model("dall-e-3").prompt("A lighthouse at dusk"));
 *   System.out.println(image.fileUrl().orElseThrow());
 * }
 * }</pre>
 *
 * <p>Every call ends within its time limit, is repeated only where that cannot pay twice, and fails
 * with an {@link ru.elumenta.error.ElumentaException} that says whether it cost anything.
 *
 * <p>Immutable and thread-safe; meant to live as long as the application. {@link #close()} ends the
 * connections and threads that the client started.
 */
public final class ElumentaClient implements AutoCloseable {
  private static final Duration FOREVER = Duration.ofDays(365);

  private final ClientCore core;
  private final Duration callTimeout; // null for the one of the builder
  private final Long maxCost; // null for any
  private final Map<Class<?>, Object> apis = new ConcurrentHashMap<>();

  ElumentaClient(ClientCore core) {
    this(core, null, null);
  }

  private ElumentaClient(ClientCore core, Duration callTimeout, Long maxCost) {
    this.core = core;
    this.callTimeout = callTimeout;
    this.maxCost = maxCost;
  }

  /** Starts to configure a client. */
  public static ElumentaClientBuilder builder() {
    return new ElumentaClientBuilder();
  }

  /**
   * Creates a client with the key in the environment variable {@code ELUMENTA_API_KEY} and, if set,
   * the base URL in {@code ELUMENTA_BASE_URL}.
   *
   * @throws IllegalArgumentException if the key is missing or cannot be one
   */
  public static ElumentaClient fromEnv() {
    return fromEnv(System::getenv);
  }

  static ElumentaClient fromEnv(UnaryOperator<String> environment) {
    ElumentaClientBuilder builder = builder().apiKey(environment.apply("ELUMENTA_API_KEY"));
    String baseUrl = environment.apply("ELUMENTA_BASE_URL");
    return (baseUrl == null || baseUrl.isBlank() ? builder : builder.baseUrl(baseUrl)).build();
  }

  /**
   * Returns this client with another time limit, as in {@code
   * elumenta.within(Duration.ofSeconds(20)).generate(request)}. It is the limit of each method of
   * the returned client and of its interfaces, whatever they do: of a call in place of {@link
   * ElumentaClientBuilder#callTimeout}, and of {@code generate} with its waiting. A job that was
   * submitted is waited for as {@link GenerationJob#await()} says.
   *
   * <p>Cheap. The two share everything else; closing either closes both.
   *
   * @param callTimeout the time for one call: all attempts and the waits between them
   * @throws IllegalArgumentException if it is not positive
   */
  public ElumentaClient within(Duration callTimeout) {
    return new ElumentaClient(core, Require.positive("callTimeout", callTimeout), maxCost);
  }

  /**
   * Returns this client with a limit to what one generation may cost, as in {@code
   * elumenta.maxCost(10).generate(request)}: its price is asked for first, which costs nothing, and
   * if it may be higher the request is not sent. For {@code generate}, {@code submit} and their
   * kin, not for generated interfaces. Cheap; shares and closes as {@link #within} does.
   *
   * <p>The price is that of the {@code params}. For a request with options beside them it is the
   * highest of the model.
   *
   * @param tokens the most that a generation may cost, in Elumenta tokens
   * @throws IllegalArgumentException if it is negative
   */
  public ElumentaClient maxCost(long tokens) {
    Require.that(tokens >= 0, "maxCost must not be negative, but is %s.", tokens);
    return new ElumentaClient(core, callTimeout, tokens);
  }

  /**
   * Returns a generated interface whose calls go through this client. The same instance each time.
   *
   * @param type an interface generated from the contract, for example {@code ModelsApi.class}
   * @throws IllegalArgumentException if it is none
   */
  public <T> T api(Class<T> type) {
    return type.cast(apis.computeIfAbsent(Require.notNull("type", type), this::create));
  }

  private <T> T create(Class<T> type) {
    return CountedCalls.of(type, calls(type), core.spending());
  }

  /** The interface as the client itself uses it, counting nothing. */
  private <T> T calls(Class<T> type) {
    T api = core.api(type);
    return callTimeout == null
        ? api
        : ResilientCalls.on(terms -> terms.lasting(callTimeout), type, api);
  }

  /**
   * Creates a generation and waits until it is finished.
   *
   * <p>Creating is limited by the call time-out, waiting by {@link PollingOptions#limit()}. Costs
   * tokens if it completes.
   *
   * @return the completed generation
   * @throws GenerationFailedException if the service reports {@code status: failed}
   * @throws WaitTimeoutException if it is still pending at the limit; it goes on running
   * @throws ru.elumenta.error.ElumentaException as {@link GenerationsApi#createGeneration} does
   */
  public Generation generate(GenerationRequest request) {
    Deadline creating = creatingLimit();
    return create(request, creating).awaitWithin(wholeLimit(creating), Duration.ZERO);
  }

  /** The end of all that a method does until its generation is created. Opened first of all. */
  private Deadline creatingLimit() {
    return Deadline.after(callTimeout == null ? core.callTimeout() : callTimeout, core.time());
  }

  /** The end of everything that the method does, if {@link #within} set one; else null. */
  private Deadline wholeLimit(Deadline creating) {
    return callTimeout == null ? null : creating;
  }

  /**
   * Creates a generation and returns at once. Costs tokens if it completes.
   *
   * @return the job, finished or not; {@link GenerationJob#await()} waits for it
   * @throws ru.elumenta.error.ElumentaException as {@link GenerationsApi#createGeneration} does
   */
  public GenerationJob submit(GenerationRequest request) {
    return new GenerationJob(create(request, creatingLimit()));
  }

  private JobState create(GenerationRequest request, Deadline creating) {
    return create(request, creating, false);
  }

  private JobState create(GenerationRequest request, Deadline creating, boolean hasAlternative) {
    if (maxCost != null) {
      prices(maxCost).pass(request, creating);
    }
    GenerationsApi api =
        ResilientCalls.on(
            terms -> new CallTerms(creating.remaining(), hasAlternative),
            GenerationsApi.class,
            core.api(GenerationsApi.class));
    TypedResponse<Generation> created = api.createGenerationWithResponse(request);
    return JobState.created(created, request.getModel(), polls());
  }

  /**
   * Creates a text and returns as soon as its first event is there, to be read as it arrives. Costs
   * tokens.
   *
   * <p>A request with {@code messages}, {@code system}, {@code assistantId} or {@code stream(true)}
   * goes to {@code POST /generate} with {@code stream} set, any other to {@code POST
   * /generate/stream}, as is documented for either (pages: guides/streaming, generate/stream).
   *
   * <p>Until the first event it is a call like any other: limited by the attempt and call
   * time-outs, and tried again after failures that cost nothing. From then on {@link StreamOptions}
   * says how long it may take. What may have been executed is never sent again and not looked up,
   * whatever the client's {@link Recovery}. A listener is told of the attempts, which end with the
   * first event.
   *
   * @return the open stream; close it
   * @throws IllegalStateException if the builder was given a transport: it cannot stream
   * @throws ru.elumenta.error.OutcomeUnknownException if it was lost before the first event
   * @throws ru.elumenta.error.ElumentaException as {@link GenerationsApi#createGeneration} does
   */
  public GenerationStream stream(GenerationRequest request) {
    Require.notNull("request", request);
    Deadline opening = creatingLimit();
    StreamStart start = core.streamStart(callTimeout, opening);
    if (maxCost != null) {
      prices(maxCost).pass(request, opening);
    }
    StreamStart.Opened opened = start.open(request);
    return new GenerationStream(
        opened.events(), opened.failures(), core.spending(), core.streaming().keepsText());
  }

  /**
   * {@link #stream} without waiting for it; see {@link #async} for cancelling, which closes the
   * connection.
   *
   * @param events is given each event as it arrives, on a thread of the builder's {@link
   *     ElumentaClientBuilder#executor}; the service waits meanwhile. What it throws ends the
   *     stream and is what the result fails with
   * @return what the stream brought; fails as {@link #stream} and reading it do
   */
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

  /**
   * Creates a generation with the first of several models that is there for it, and waits until it
   * is finished.
   *
   * <p>A further model is asked if the one before is unavailable (HTTP 503), its generation failed
   * because it is overloaded, its circuit breaker is open, or it may cost more than {@link
   * #maxCost} allows; all of these cost nothing. After any other failure none is asked. Each model
   * gets the same prompt and the same params. The call time-out spans all creating, {@link
   * PollingOptions#limit()} all waiting.
   *
   * @param request names the model to ask first
   * @param furtherModels the slugs of those to ask then, in this order
   * @return the completed generation, and which model made it
   * @throws ru.elumenta.error.ElumentaException as {@link #generate} does, from the last model
   *     asked; the failures of those before are suppressed exceptions of it
   */
  public ModelAnswer generateWithFallback(GenerationRequest request, List<String> furtherModels) {
    Deadline creating = creatingLimit();
    Deadline whole =
        callTimeout == null ? Deadline.after(FOREVER, core.time()) : wholeLimit(creating);
    ModelFallback.Answered answered =
        new ModelFallback(
                (each, terms) ->
                    create(
                        each, Deadline.after(terms.limit(), core.time()), terms.hasAlternative()),
                core.time(),
                whole,
                creating.limit())
            .ask(ModelFallback.requests(request, furtherModels));
    return new ModelAnswer(answered.model(), answered.generation(), answered.passedOver());
  }

  /**
   * Calls an operation without waiting for it, as in {@code elumenta.async(ModelsApi.class, models
   * -> models.getModel("gpt-5"))}. The call goes as any other, on a thread of the builder's {@link
   * ElumentaClientBuilder#executor}.
   *
   * @param type an interface generated from the contract
   * @param call what to call of it
   * @return the result; fails with what the call throws. Cancelling it interrupts the call, as does
   *     any other way of completing it from outside, such as {@code orTimeout}
   * @throws java.util.concurrent.RejectedExecutionException if an executor given to the builder
   *     refuses
   */
  public <A, T> CompletableFuture<T> async(Class<A> type, Function<? super A, ? extends T> call) {
    Require.notNull("call", call);
    A api = api(type);
    return core.async().start(() -> call.apply(api));
  }

  /**
   * {@link #generate} without waiting for it; see {@link #async} for cancelling. To have the id of
   * a generation that goes on running after that, use {@link #submitAsync}.
   */
  public CompletableFuture<Generation> generateAsync(GenerationRequest request) {
    GenerationRequest copy = JsonCodec.copyOf(Require.notNull("request", request));
    return core.async().start(() -> generate(copy));
  }

  /** {@link #submit} without waiting for it; see {@link #async} for cancelling. */
  public CompletableFuture<GenerationJob> submitAsync(GenerationRequest request) {
    GenerationRequest copy = JsonCodec.copyOf(Require.notNull("request", request));
    return core.async().start(() -> submit(copy));
  }

  /**
   * Takes up a generation created earlier, for example before a restart. Sends nothing.
   *
   * @param id its id
   */
  public GenerationJob attach(GenerationId id) {
    return new GenerationJob(JobState.attached(Require.notNull("id", id), polls()));
  }

  /**
   * Writes down speech: {@link #transcribe(SpeechFile, TranscriptionOptions)} with the service's
   * own model and language.
   */
  public Generation transcribe(SpeechFile recording) {
    return transcribe(recording, TranscriptionOptions.defaults());
  }

  /**
   * Writes down speech ({@code POST /stt}). Costs tokens.
   *
   * <p>Limited and tried again as any call: after failures that cost nothing. What may have been
   * executed is never sent again and not looked up, whatever the client's {@link Recovery}: nothing
   * in the history tells one recording from another. The attempt time-out spans sending the
   * recording and waiting for its text; for long recordings it should be longer than its default.
   * With a transport given to the builder the recording is read into memory first.
   *
   * @return the generation; its {@link Generation#text()} is what was said
   * @throws SpeechFileException if the recording has another format, is too large or cannot be read
   * @throws ru.elumenta.error.OutcomeUnknownException if the answer was lost
   * @throws GenerationFailedException if the service reports {@code status: failed}
   * @throws ru.elumenta.error.ElumentaException as {@link GenerationsApi#createGeneration} does
   */
  public Generation transcribe(SpeechFile recording, TranscriptionOptions options) {
    Require.notNull("recording", recording);
    Require.notNull("options", options);
    Deadline creating = creatingLimit();
    Runnable priceCheck =
        () -> {
          if (maxCost != null) {
            prices(maxCost).pass(options, creating);
          }
        };
    TypedResponse<Generation> written =
        new Transcription(core.transcriptions(), creating, core.isUploadStreamed(), core.time())
            .send(recording.source(), recording.name(), options, priceCheck);
    return JobState.created(written, Transcription.model(options), polls())
        .awaitWithin(wholeLimit(creating), Duration.ZERO);
  }

  /** {@link #transcribe(SpeechFile)} without waiting for it; see {@link #async} for cancelling. */
  public CompletableFuture<Generation> transcribeAsync(SpeechFile recording) {
    return transcribeAsync(recording, TranscriptionOptions.defaults());
  }

  /**
   * {@link #transcribe(SpeechFile, TranscriptionOptions)} without waiting for it; see {@link
   * #async} for cancelling.
   */
  public CompletableFuture<Generation> transcribeAsync(
      SpeechFile recording, TranscriptionOptions options) {
    Require.notNull("recording", recording);
    Require.notNull("options", options);
    return core.async().start(() -> transcribe(recording, options));
  }

  /**
   * Returns the download of a generation's file: an image, a video, speech, music. Nothing is sent
   * before it is told where to.
   */
  public Download download(Generation generation) {
    return Download.of(Require.notNull("generation", generation), core, downloadLimit());
  }

  /** Returns the download of the file of a row of the history. */
  public Download download(HistoryItem row) {
    return Download.of(Require.notNull("row", row), core, downloadLimit());
  }

  /**
   * Returns the download of a file whose address was kept.
   *
   * @param fileUrl as {@link Generation#fileUrl()} gave it
   */
  public Download download(String fileUrl) {
    return Download.of(Require.notNull("fileUrl", fileUrl), core, downloadLimit());
  }

  private Duration downloadLimit() {
    return callTimeout == null ? Download.DEFAULT_LIMIT : callTimeout;
  }

  private PriceCheck prices(long limit) {
    return new PriceCheck(core.api(PriceApi.class), limit, core.time());
  }

  /**
   * Asks what a generation would cost. Costs nothing.
   *
   * @param request names the model; its {@code params} are priced
   * @throws ru.elumenta.error.ElumentaException as {@link ModelsApi#calculatePrice} does
   */
  public Price price(GenerationRequest request) {
    GenerationRequest priced = PriceCheck.priceable(request);
    return api(ModelsApi.class)
        .calculatePrice(priced.getModel(), new PriceRequest().params(priced.getParams()));
  }

  /** Asks for the account's balance. Costs nothing. */
  public Balance balance() {
    return api(UserApi.class).getBalance();
  }

  /**
   * Returns what the generations cost that this client has seen finished, each counted once, as the
   * service stated it: {@link Generation#tokensCharged()}. By whichever method it saw them: jobs,
   * streams, recordings, and generated interfaces that return a generation. Not in it are what the
   * service did not state, the rows of the history, which are not this client's alone, and prices,
   * which cost nothing.
   */
  public long tokensCharged() {
    return core.spending().tokens();
  }

  /** Returns the account's generations, read page by page as they are needed. */
  public History history() {
    return history(HistoryFilter.all());
  }

  /** Returns some of the account's generations, read page by page as they are needed. */
  public History history(HistoryFilter filter) {
    return new History(api(HistoryApi.class), Require.notNull("filter", filter));
  }

  private GenerationPolls polls() {
    return core.polls(calls(GenerationsApi.class));
  }

  /**
   * Waits for many jobs at once, each as {@link GenerationJob#awaitAsync()} does.
   *
   * @return the outcomes, in the order in which the jobs end; taking the next one blocks until
   *     there is one. Closing the stream ends the waits that are left
   */
  public Stream<JobOutcome> awaitAll(Collection<GenerationJob> jobs) {
    return JobOutcomes.of(
        List.copyOf(Require.notNull("jobs", jobs)), GenerationJob::awaitAsync, JobOutcome::new);
  }

  /**
   * Returns the account's rate-limit windows as the last answer that stated them did; empty if none
   * has. Other clients of the account may have used some since.
   */
  public Optional<RateLimits> rateLimits() {
    return core.calls().latestRateLimits();
  }

  /**
   * Ends the connections and threads that the client started. Calls under way or waiting fail with
   * {@link ru.elumenta.error.CallInterruptedException}, later ones too. A transport or executor
   * given to the builder stays open, and a request on it goes on until it ends. Idempotent.
   */
  @Override
  public void close() {
    core.close();
  }

  /** Shows the base URL, never the credentials. */
  @Override
  public String toString() {
    return "ElumentaClient[" + core.baseUrl() + "]";
  }
}
