package ru.elumenta.client;

import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Flow;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import ru.elumenta.client.api.GenerationsApi;
import ru.elumenta.client.api.ModelsApi;
import ru.elumenta.client.error.GenerationFailedException;
import ru.elumenta.client.error.SpeechFileException;
import ru.elumenta.client.error.WaitTimeoutException;
import ru.elumenta.client.journal.CallJournal;
import ru.elumenta.client.journal.OpenCall;
import ru.elumenta.client.model.Balance;
import ru.elumenta.client.model.Generation;
import ru.elumenta.client.model.GenerationId;
import ru.elumenta.client.model.GenerationRequest;
import ru.elumenta.client.model.HistoryItem;
import ru.elumenta.client.model.Price;
import ru.elumenta.client.options.HistoryFilter;
import ru.elumenta.client.options.PollingOptions;
import ru.elumenta.client.options.Recovery;
import ru.elumenta.client.options.StreamOptions;
import ru.elumenta.client.options.TranscriptionOptions;
import ru.elumenta.error.RateLimits;

/**
 * What an {@link ElumentaClient} can be asked for, but not its end: who is handed this cannot close
 * the application's client. Depend on it where you call the service, and put a fake or a proxy in
 * its place in tests.
 *
 * <p>Thread-safe. Methods may be added in any version; implement it with what a proxy or a mocking
 * library makes, or be ready to add them.
 */
public interface ElumentaCalls {
  /**
   * Returns these calls with another time limit, as in {@code
   * elumenta.within(Duration.ofSeconds(20)).generate(request)}. It is the limit of each method of
   * the returned calls and of its interfaces, whatever they do: of a call in place of {@link
   * ElumentaClientBuilder#callTimeout}, and of {@code generate} with its waiting. A job that was
   * submitted is waited for as {@link GenerationJob#await()} says.
   *
   * <p>Cheap. The two share everything else; there is nothing to close.
   *
   * @param callTimeout the time for one call: all attempts and the waits between them
   * @throws IllegalArgumentException if it is not positive
   */
  ElumentaCalls within(Duration callTimeout);

  /**
   * Returns these calls with a limit to what one generation may cost, as in {@code
   * elumenta.maxCost(10).generate(request)}: its price is asked for first, which costs nothing, and
   * if it may be higher the request is not sent. For {@code generate}, {@code submit} and their
   * kin, not for generated interfaces. Cheap; shares as {@link #within} does.
   *
   * <p>The price is that of the {@code params}. For a request with options beside them it is the
   * highest of the model.
   *
   * @param tokens the most that a generation may cost, in Elumenta tokens
   * @throws IllegalArgumentException if it is negative
   */
  ElumentaCalls maxCost(long tokens);

  /**
   * Returns these calls with another journal than that of the builder, most often one around it: it
   * is told of each paid request before that leaves, with the right to refuse it by an exception,
   * and of its outcome before the caller is. So a program can write down to which of its own tasks
   * a request belongs, and lose nothing if it ends between answer and result. Everything else is
   * shared; there is nothing to close.
   *
   * @param journal for generations, streams, recordings and {@link #lookUp}; it hands over to
   *     {@link #journal()} what it does not answer itself
   */
  ElumentaCalls journal(CallJournal journal);

  /** Returns the journal of these calls: that of the builder, unless {@link #journal} set one. */
  CallJournal journal();

  /**
   * Returns a generated interface whose calls go through this client. The same instance each time.
   *
   * @param type an interface generated from the contract, for example {@code ModelsApi.class}
   * @throws IllegalArgumentException if it is none
   */
  <T> T api(Class<T> type);

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
  Generation generate(GenerationRequest request);

  /**
   * Creates a generation and returns at once. Costs tokens if it completes.
   *
   * @return the job, finished or not; {@link GenerationJob#await()} waits for it
   * @throws ru.elumenta.error.ElumentaException as {@link GenerationsApi#createGeneration} does
   */
  GenerationJob submit(GenerationRequest request);

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
   * @throws ru.elumenta.client.error.OutcomeUnknownException if it was lost before the first event
   * @throws ru.elumenta.error.ElumentaException as {@link GenerationsApi#createGeneration} does
   */
  GenerationStream stream(GenerationRequest request);

  /**
   * {@link #stream} without waiting for it; see {@link #async} for cancelling, which closes the
   * connection.
   *
   * @param events is given each event as it arrives, on a thread of the builder's {@link
   *     ElumentaClientBuilder#executor}; the service waits meanwhile. What it throws ends the
   *     stream and is what the result fails with
   * @return what the stream brought; fails as {@link #stream} and reading it do
   */
  CompletableFuture<StreamResult> streamAsync(
      GenerationRequest request, Consumer<? super StreamEvent> events);

  /**
   * {@link #stream} for libraries of reactive streams, as Reactor, RxJava, Mutiny and Kotlin's
   * flows are.
   *
   * <p>One publisher is one stream, and paid for once. Nothing is sent before its subscriber asks
   * for the first event; whoever cancels before has paid nothing. A second subscriber is refused
   * with an {@link IllegalStateException}, so that nothing that subscribes again, such as a retry,
   * pays again: for another stream call this method again.
   *
   * <p>No more is read than is asked for and the buffers of the connection hold. A thread reads,
   * and signals, while events are wanted: of the builder's {@link ElumentaClientBuilder#executor},
   * or of the client's own, which are never interrupted. While none are wanted there is no thread,
   * and the service waits.
   *
   * <p>Cancelling closes the connection at once, which is all that can be done; before the first
   * event it interrupts the call. {@code onError} is given what {@link #stream} and reading it
   * throw, {@link IllegalArgumentException} if less than one event is asked for, and {@link
   * java.util.concurrent.RejectedExecutionException} if an executor given to the builder refuses.
   * All limits of time hold as for any stream. One that nobody reads ends at {@link
   * StreamOptions#limit()} as well, measured in the system's time, and when the client is closed;
   * its subscriber is told without having asked.
   *
   * @return takes one subscriber
   */
  Flow.Publisher<StreamEvent> streamPublisher(GenerationRequest request);

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
  ModelAnswer generateWithFallback(GenerationRequest request, List<String> furtherModels);

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
  <A, T extends @Nullable Object> CompletableFuture<T> async(
      Class<A> type, Function<? super A, ? extends T> call);

  /**
   * {@link #generate} without waiting for it; see {@link #async} for cancelling. To have the id of
   * a generation that goes on running after that, use {@link #submitAsync}.
   */
  CompletableFuture<Generation> generateAsync(GenerationRequest request);

  /** {@link #submit} without waiting for it; see {@link #async} for cancelling. */
  CompletableFuture<GenerationJob> submitAsync(GenerationRequest request);

  /**
   * Returns the paid calls of which nobody knows what became: of this client and of all others that
   * share its journal, those under way and those whose process has ended included; the oldest
   * first.
   *
   * @throws ru.elumenta.client.journal.JournalException if the journal cannot be read
   */
  List<OpenCall> openCalls();

  /**
   * Looks once in the history for what a lost call has made: one of {@link #openCalls}, or that of
   * an {@link ru.elumenta.client.error.OutcomeUnknownException}. What is certainly its own belongs
   * to it from then on, and the call is no longer open. Sends GETs only, which cost nothing.
   *
   * @throws IllegalArgumentException if the call still waits for its answer
   * @throws ru.elumenta.error.ElumentaException if history or journal cannot be read; the call
   *     stays open
   */
  LookUpResult lookUp(OpenCall call);

  /**
   * Takes a lost call off {@link #openCalls}, because its outcome was found out in another way or
   * matters no more. Sends nothing.
   *
   * @throws ru.elumenta.client.journal.JournalException if that cannot be written down
   */
  void dismiss(OpenCall call);

  /**
   * Takes up a generation created earlier, for example before a restart. Sends nothing.
   *
   * @param id its id
   */
  GenerationJob attach(GenerationId id);

  /**
   * Writes down speech: {@link #transcribe(SpeechFile, TranscriptionOptions)} with the service's
   * own model and language.
   */
  Generation transcribe(SpeechFile recording);

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
   * @throws ru.elumenta.client.error.OutcomeUnknownException if the answer was lost
   * @throws GenerationFailedException if the service reports {@code status: failed}
   * @throws ru.elumenta.error.ElumentaException as {@link GenerationsApi#createGeneration} does
   */
  Generation transcribe(SpeechFile recording, TranscriptionOptions options);

  /** {@link #transcribe(SpeechFile)} without waiting for it; see {@link #async} for cancelling. */
  CompletableFuture<Generation> transcribeAsync(SpeechFile recording);

  /**
   * {@link #transcribe(SpeechFile, TranscriptionOptions)} without waiting for it; see {@link
   * #async} for cancelling.
   */
  CompletableFuture<Generation> transcribeAsync(SpeechFile recording, TranscriptionOptions options);

  /**
   * Returns the download of a generation's file: an image, a video, speech, music. Nothing is sent
   * before it is told where to.
   */
  Download download(Generation generation);

  /** Returns the download of the file of a row of the history. */
  Download download(HistoryItem row);

  /**
   * Returns the download of a file whose address was kept.
   *
   * @param fileUrl as {@link Generation#fileUrl()} gave it
   */
  Download download(String fileUrl);

  /**
   * Asks what a generation would cost. Costs nothing.
   *
   * @param request names the model; its {@code params} are priced
   * @throws ru.elumenta.error.ElumentaException as {@link ModelsApi#calculatePrice} does
   */
  Price price(GenerationRequest request);

  /**
   * Asks for the most that a generation may cost, as {@link #maxCost} judges it: the price of its
   * {@code params}, rounded up, or with options beside them the highest of the model. Costs
   * nothing.
   *
   * @return tokens; empty if what the service answers is no price
   * @throws ru.elumenta.error.ElumentaException as {@link ModelsApi#calculatePrice} does
   */
  OptionalLong highestPrice(GenerationRequest request);

  /** Asks for the account's balance. Costs nothing. */
  Balance balance();

  /**
   * Returns what the generations cost that this client has seen finished, each counted once, as the
   * service stated it: {@link Generation#tokensCharged()}. By whichever method it saw them: jobs,
   * streams, recordings, and generated interfaces that return a generation. Not in it are what the
   * service did not state, the rows of the history, which are not this client's alone, and prices,
   * which cost nothing.
   */
  long tokensCharged();

  /** Returns the account's generations, read page by page as they are needed. */
  History history();

  /** Returns some of the account's generations, read page by page as they are needed. */
  History history(HistoryFilter filter);

  /**
   * Waits for many jobs at once, each as {@link GenerationJob#awaitAsync()} does.
   *
   * @return the outcomes, in the order in which the jobs end; taking the next one blocks until
   *     there is one. Closing the stream ends the waits that are left
   */
  Stream<JobOutcome> awaitAll(Collection<GenerationJob> jobs);

  /**
   * Returns the account's rate-limit windows as the last answer that stated them did; empty if none
   * has. Other clients of the account may have used some since.
   */
  Optional<RateLimits> rateLimits();
}
