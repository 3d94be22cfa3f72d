package ru.elumenta.client;

import dev.failsafe.Policy;
import feign.Client;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import ru.elumenta.client.check.Require;
import ru.elumenta.client.event.AttemptHeaders;
import ru.elumenta.client.event.CallListener;
import ru.elumenta.client.internal.call.CallSettings;
import ru.elumenta.client.internal.call.CallerContext;
import ru.elumenta.client.internal.call.FurtherHeaders;
import ru.elumenta.client.internal.call.Listeners;
import ru.elumenta.client.internal.call.Pause;
import ru.elumenta.client.internal.net.BaseUrl;
import ru.elumenta.client.internal.service.ClientCore;
import ru.elumenta.client.internal.wiring.TransportChoice;
import ru.elumenta.client.journal.CallJournal;
import ru.elumenta.client.options.CircuitBreakerOptions;
import ru.elumenta.client.options.ContextPropagation;
import ru.elumenta.client.options.NetworkOptions;
import ru.elumenta.client.options.PollingOptions;
import ru.elumenta.client.options.Recovery;
import ru.elumenta.client.options.RetryOptions;
import ru.elumenta.client.options.StreamOptions;
import ru.elumenta.client.options.TimeSource;
import ru.elumenta.client.pacing.Pacing;
import ru.elumenta.client.session.Credentials;

/**
 * Configures an {@link ElumentaClient}. Only {@link #apiKey} or {@link #credentials} must be
 * called. Bad values are refused, at the latest by {@link #build()}, with a sentence that says what
 * to do. Not thread-safe.
 */
public final class ElumentaClientBuilder {
  private @Nullable String apiKey;
  private boolean apiKeySet;
  private @Nullable Credentials credentials;
  private String baseUrl = BaseUrl.DEFAULT;
  private Duration attemptTimeout = Duration.ofSeconds(60);
  private Duration callTimeout = Duration.ofMinutes(3);
  private RetryOptions retry = RetryOptions.defaults();
  private Recovery recovery = Recovery.LOOK_UP;
  private PollingOptions polling = PollingOptions.defaults();
  private StreamOptions streaming = StreamOptions.defaults();
  private @Nullable CircuitBreakerOptions breaker;
  private boolean isPaced;
  private @Nullable Pacing pacing; // in place of the client's own
  private final List<CallListener> listeners = new ArrayList<>();
  private final List<AttemptHeaders> attemptHeaders = new ArrayList<>();
  private final List<ContextPropagation> contexts = new ArrayList<>();
  private @Nullable Executor executor;
  private CallJournal journal = CallJournal.inMemory();
  private List<Policy<Object>> policies = List.of();
  private int mostCalls; // 0 for any number
  private TransportChoice transport = TransportChoice.DEFAULT;
  private TimeSource time = TimeSource.system();

  ElumentaClientBuilder() {}

  /**
   * Authenticates with an API key. Required, unless {@link #credentials} is called; calling both is
   * refused.
   *
   * @param key the whole key, without white space around it
   */
  public ElumentaClientBuilder apiKey(String key) {
    this.apiKey = key;
    this.apiKeySet = true;
    return this;
  }

  /** Authenticates with something other than one fixed API key. Conflicts with {@link #apiKey}. */
  public ElumentaClientBuilder credentials(Credentials credentials) {
    this.credentials = Require.notNull("credentials", credentials);
    return this;
  }

  /**
   * Sets where the service is. Default {@code https://elumenta.ru/api/v2}. Must be HTTPS, except
   * for a server on this machine.
   */
  public ElumentaClientBuilder baseUrl(String baseUrl) {
    this.baseUrl = baseUrl;
    return this;
  }

  /**
   * Sets the time for one attempt, from connecting to the last byte of the body. Default 60 s
   * (page: guides/error-handling). The call's remaining time applies if that is shorter.
   */
  public ElumentaClientBuilder attemptTimeout(Duration attemptTimeout) {
    this.attemptTimeout = attemptTimeout;
    return this;
  }

  /**
   * Sets the time for one call: all attempts and the waits between them. Default 3 minutes. A wait
   * that would end later is not begun; the call fails at once instead. Waiting for a pending
   * generation is not part of it; see {@link #polling}.
   */
  public ElumentaClientBuilder callTimeout(Duration callTimeout) {
    this.callTimeout = callTimeout;
    return this;
  }

  /**
   * Sets how often and how fast failed attempts are repeated. Default {@link
   * RetryOptions#defaults()}.
   */
  public ElumentaClientBuilder retry(RetryOptions retry) {
    this.retry = retry;
    return this;
  }

  /**
   * Sets what to do when the answer to a paid request got lost. Default {@link Recovery#LOOK_UP}.
   * Concerns creating generations; other operations that are not idempotent are never repeated.
   */
  public ElumentaClientBuilder recovery(Recovery recovery) {
    this.recovery = recovery;
    return this;
  }

  /**
   * Sets where paid requests are written down before they leave. Default one in memory, which ends
   * with the process; with a {@link ru.elumenta.client.journal.FileCallJournal} it is known after a
   * crash what was under way. A request that cannot be written down is not sent. The client does
   * not close it.
   */
  public ElumentaClientBuilder journal(CallJournal journal) {
    this.journal = Require.notNull("journal", journal);
    return this;
  }

  /**
   * Sets how many calls there may be at once, their retries included. Default any number. A call
   * that gets no place within its time limit fails with {@link
   * ru.elumenta.client.error.TooManyCallsException} and sends nothing. A stream is a call until its
   * first event.
   *
   * @param limit 1 or more
   */
  public ElumentaClientBuilder maxConcurrentCalls(int limit) {
    Require.that(limit >= 1, "maxConcurrentCalls must be 1 or more.");
    this.mostCalls = limit;
    return this;
  }

  /**
   * Puts policies of Failsafe around every call, the first outermost: a rate limiter shared with
   * other code, a fallback, a bulkhead of several clients. Default none. They see whole calls, with
   * all attempts, and as the result what the method of the interface returns: a {@link
   * ru.elumenta.client.model.Generation} if one is generated or submitted. A call is made once: to
   * a policy that runs it again, or in several threads, the first outcome is given again and
   * nothing is sent. A call that a time-out of theirs interrupts may have been paid for, as {@link
   * ElumentaClient#openCalls} shows then.
   *
   * @throws IllegalArgumentException if one repeats calls: each of them may be paid for; see {@link
   *     #retry}
   */
  public ElumentaClientBuilder policies(List<? extends Policy<Object>> policies) {
    this.policies = CallSettings.checked(policies);
    return this;
  }

  /** Sets how pending generations are waited for. Default {@link PollingOptions#defaults()}. */
  public ElumentaClientBuilder polling(PollingOptions polling) {
    this.polling = polling;
    return this;
  }

  /** Sets how long streams may be silent and last. Default {@link StreamOptions#defaults()}. */
  public ElumentaClientBuilder streaming(StreamOptions streaming) {
    this.streaming = streaming;
    return this;
  }

  /**
   * Leaves a model alone for a while after it was unavailable again and again. Default none: every
   * call is sent.
   */
  public ElumentaClientBuilder circuitBreaker(CircuitBreakerOptions breaker) {
    this.breaker = Require.notNull("circuitBreaker", breaker);
    return this;
  }

  /**
   * Sets whether calls are held back while the account has no requests left, instead of being sent
   * into a 429. Default false. First come, first served; a call that cannot be sent before its time
   * limit fails at once with {@link ru.elumenta.error.RateLimitException} and sends nothing.
   *
   * <p>What is left is known from the rate-limit headers of the answers, so the first call of a
   * client is not held back, nor is one whose account is used by others between two answers.
   */
  public ElumentaClientBuilder pacing(boolean pacing) {
    this.isPaced = pacing;
    this.pacing = null;
    return this;
  }

  /**
   * Holds calls back by something that others use as well, for example all machines of a fleet: see
   * {@link #pacing(boolean)}, of which this takes the place; the one that is called last counts.
   * The client does not close it.
   */
  public ElumentaClientBuilder pacing(Pacing pacing) {
    this.pacing = Require.notNull("pacing", pacing);
    this.isPaced = true;
    return this;
  }

  /**
   * Adds a listener, which is told of calls, waits, streams, jobs and downloads, after those that
   * were added before it. Default none.
   */
  public ElumentaClientBuilder listener(CallListener listener) {
    listeners.add(Require.notNull("listener", listener));
    return this;
  }

  /**
   * Adds further headers to each attempt, for example of a trace. Default none. Called again, the
   * later gives what the earlier does not. For headers that are always the same see {@link
   * NetworkOptions#withHeader}.
   */
  public ElumentaClientBuilder attemptHeaders(AttemptHeaders headers) {
    attemptHeaders.add(Require.notNull("attemptHeaders", headers));
    return this;
  }

  /**
   * Takes the context of the calling thread along to the threads that work for it. Default none.
   * Called again, the later is restored within the earlier.
   */
  public ElumentaClientBuilder contextPropagation(ContextPropagation propagation) {
    contexts.add(Require.notNull("contextPropagation", propagation));
    return this;
  }

  /**
   * Runs the calls of {@link ElumentaClient#async} and its kin. Each occupies a thread from its
   * first request to its result, and the time it waits for a thread is not part of its time limit.
   * Default: virtual threads on JDK 21 and later, before that threads of the client's own, one per
   * call. An executor given here is not shut down by the client.
   */
  public ElumentaClientBuilder executor(Executor executor) {
    this.executor = Require.notNull("executor", executor);
    return this;
  }

  /**
   * Sends requests through another Feign transport. Default is one over blocking sockets that
   * belongs to the client. A transport given here is not closed by the client, and the promises
   * about time limits, interrupts and paying once are only as good as it is: most stock transports
   * repeat requests of their own accord. It cannot stream: Feign's answers are read whole.
   */
  public ElumentaClientBuilder transport(Client transport) {
    this.transport = this.transport.given(transport);
    return this;
  }

  /**
   * Sets how requests of every kind get to the service: proxy, TLS, further headers. Default {@link
   * NetworkOptions#defaults()}. Conflicts with {@link #transport}, which decides for itself.
   */
  public ElumentaClientBuilder network(NetworkOptions options) {
    this.transport = transport.with(options);
    return this;
  }

  /**
   * Shares connections, threads and timers with other clients. Default: those of its own. The
   * engine is not closed with the client. Conflicts with {@link #transport}.
   */
  public ElumentaClientBuilder sharedWith(HttpEngine engine) {
    this.transport = transport.sharedWith(Require.notNull("sharedWith", engine).parts());
    return this;
  }

  /**
   * Puts something around the transport, for example to look at what is sent and answered. Called
   * by {@link #build()} once, with the client's own transport or the one given to {@link
   * #transport}; its result gets every attempt but those of streams, recordings and downloads.
   * Default none. Called again, the later goes around the earlier.
   *
   * <p>What is put there must send a request once, hand over the given options as they are, and let
   * failures through as they are: the client tells from them what may have been paid for. It is not
   * closed by the client.
   */
  public ElumentaClientBuilder decorate(UnaryOperator<Client> decoration) {
    this.transport = transport.decorated(decoration);
    return this;
  }

  /**
   * Takes time and sleep from elsewhere. Default {@link TimeSource#system()}. Meant for tests,
   * because it changes how futures wait: {@link GenerationJob#awaitAsync()} then sleeps in it on a
   * thread of its own for each job, where with the system's time no thread is held between two
   * polls; the limit is looked at before and after each poll, and does not end one that stalls.
   */
  public ElumentaClientBuilder timeSource(TimeSource time) {
    this.time = Require.notNull("timeSource", time);
    return this;
  }

  /**
   * Builds the client. Sends nothing.
   *
   * @throws IllegalArgumentException if a value is missing, out of range, or conflicts with another
   */
  public ElumentaClient build() {
    Require.that(
        !apiKeySet || credentials == null,
        "Both apiKey(…) and credentials(…) were set: keep one of them.");
    Require.that(
        apiKeySet || credentials != null,
        "There is nothing to authenticate with: call apiKey(…), or use ElumentaClient.fromEnv().");
    String server = BaseUrl.checked(baseUrl);
    CallSettings settings =
        new CallSettings(
            time,
            new Pause(time),
            Require.positive("attemptTimeout", attemptTimeout),
            Require.positive("callTimeout", callTimeout),
            Require.notNull("retry", retry),
            Require.notNull("recovery", recovery),
            Optional.ofNullable(breaker),
            ofAccount(),
            new Listeners(listeners),
            new FurtherHeaders(attemptHeaders),
            new CallerContext(contexts),
            URI.create(server),
            policies,
            mostCalls);
    return new ElumentaClient(
        new ClientCore(
            credentials != null ? credentials : Credentials.apiKey(apiKey),
            server,
            settings,
            Require.notNull("polling", polling),
            Require.notNull("streaming", streaming),
            transport.checked(),
            Optional.ofNullable(executor),
            journal));
  }

  private Optional<Pacing> ofAccount() {
    return isPaced
        ? Optional.of(pacing != null ? pacing : Pacing.inMemory(time))
        : Optional.empty();
  }
}
