package ru.elumenta.client.internal.service;

import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.concurrent.Flow;
import java.util.function.Supplier;
import ru.elumenta.client.api.GenerationsApi;
import ru.elumenta.client.api.HistoryApi;
import ru.elumenta.client.internal.call.AsyncCalls;
import ru.elumenta.client.internal.call.CallSettings;
import ru.elumenta.client.internal.call.ResilientCalls;
import ru.elumenta.client.internal.cost.Spending;
import ru.elumenta.client.internal.download.FileHosts;
import ru.elumenta.client.internal.job.GenerationPolls;
import ru.elumenta.client.internal.job.JobTimer;
import ru.elumenta.client.internal.net.BaseUrl;
import ru.elumenta.client.internal.recovery.LostCalls;
import ru.elumenta.client.internal.stream.EventSource;
import ru.elumenta.client.internal.stream.EventSubscription;
import ru.elumenta.client.internal.stream.StreamPublisher;
import ru.elumenta.client.internal.wiring.ClientEngine;
import ru.elumenta.client.internal.wiring.ServiceInterfaces;
import ru.elumenta.client.internal.wiring.TransportChoice;
import ru.elumenta.client.journal.CallJournal;
import ru.elumenta.client.options.PollingOptions;
import ru.elumenta.client.options.StreamOptions;
import ru.elumenta.client.options.TimeSource;
import ru.elumenta.client.session.Credentials;

/** What a client and its siblings with other limits share. Thread-safe. */
public final class ClientCore implements AutoCloseable {
  private final CallSettings settings;
  private final PollingOptions polling;
  private final StreamOptions streaming;
  private final String baseUrl;
  private final ClientEngine engine;
  private final boolean isEngineShared;
  private final AsyncCalls async;
  private final EventSubscription.Means publishing;
  private final JobTimer timer;
  private final Spending spending;
  private final LostCalls lostCalls;
  private final ResilientCalls calls;
  private final ServiceInterfaces interfaces;
  private final FileHosts files;

  /**
   * Creates it; nothing is sent.
   *
   * @param baseUrl where the service is, checked
   * @param executor of the application, if it gave one
   */
  public ClientCore(
      Credentials credentials,
      String baseUrl,
      CallSettings settings,
      PollingOptions polling,
      StreamOptions streaming,
      TransportChoice transport,
      Optional<Executor> executor,
      CallJournal journal) {
    this.settings = settings;
    this.spending = new Spending(settings.listeners());
    this.polling = polling;
    this.streaming = streaming;
    this.baseUrl = baseUrl;
    this.engine = transport.engine();
    this.isEngineShared = transport.isShared();
    this.async =
        executor
            .map(given -> AsyncCalls.onGiven(given, settings.context()))
            .orElseGet(() -> AsyncCalls.on(engine.calls(), settings.context()));
    this.publishing =
        new EventSubscription.Means(
            this,
            engine.streams(),
            async::start,
            executor.orElse(null),
            settings.time() == TimeSource.system());
    this.timer = new JobTimer(settings.time(), engine.jobs());
    this.lostCalls =
        new LostCalls(
            journal,
            () -> api(GenerationsApi.class),
            () -> api(HistoryApi.class),
            settings.time(),
            settings.pause(),
            settings.retry().rateLimitWait());
    this.calls = new ResilientCalls(settings, lostCalls);
    this.interfaces =
        new ServiceInterfaces(credentials, baseUrl, settings, transport, engine, calls);
    this.files =
        new FileHosts(
            BaseUrl.isOnThisMachine(baseUrl), settings.time(), interfaces::transportForOthers);
  }

  /** Returns an interface as the client itself uses it, counting nothing. */
  public <T> T api(Class<T> type) {
    return interfaces.api(type);
  }

  ServiceInterfaces interfaces() {
    return interfaces;
  }

  public ResilientCalls calls() {
    return calls;
  }

  public LostCalls lostCalls() {
    return lostCalls;
  }

  public AsyncCalls async() {
    return async;
  }

  /** Returns a publisher of a stream that is opened once something of it is wanted. */
  public <T> Flow.Publisher<T> publisher(Supplier<? extends EventSource<T>> opening) {
    return new StreamPublisher<>(
        subscriber ->
            new EventSubscription<>(subscriber, opening, settings.context().capture(), publishing));
  }

  /** The way to result files, which knows nothing of the client's credentials. */
  public FileHosts files() {
    return files;
  }

  public CallSettings settings() {
    return settings;
  }

  public StreamOptions streaming() {
    return streaming;
  }

  /** Returns what jobs poll with, through the given interface. */
  GenerationPolls polls(GenerationsApi api) {
    return new GenerationPolls(
        api,
        polling,
        settings.retry(),
        settings.time(),
        settings.pause(),
        settings.listeners(),
        settings.context(),
        timer,
        spending);
  }

  public Spending spending() {
    return spending;
  }

  public TimeSource time() {
    return settings.time();
  }

  public String baseUrl() {
    return baseUrl;
  }

  /** Ends what the client has started. Idempotent. */
  @Override
  public void close() {
    settings.pause().close();
    interfaces.closeCredentials();
    files.close();
    interfaces.close();
    async.close();
    engine.streams().endAll(this);
    timer.close();
    if (!isEngineShared) {
      engine.close();
    }
  }
}
