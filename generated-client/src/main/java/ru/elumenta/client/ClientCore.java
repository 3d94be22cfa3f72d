package ru.elumenta.client;

import feign.Client;
import feign.Feign;
import feign.Logger;
import feign.Retryer;
import feign.Target.HardCodedTarget;
import feign.codec.Encoder;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import ru.elumenta.client.api.GenerationsApi;
import ru.elumenta.client.api.HistoryApi;
import ru.elumenta.client.check.Require;
import ru.elumenta.client.internal.call.AsyncCalls;
import ru.elumenta.client.internal.call.BearerToken;
import ru.elumenta.client.internal.call.CallSettings;
import ru.elumenta.client.internal.call.ResilientCalls;
import ru.elumenta.client.internal.codec.JsonCodec;
import ru.elumenta.client.internal.cost.Spending;
import ru.elumenta.client.internal.download.FileHosts;
import ru.elumenta.client.internal.job.GenerationPolls;
import ru.elumenta.client.internal.job.JobTimer;
import ru.elumenta.client.internal.net.BaseUrl;
import ru.elumenta.client.internal.recovery.LostCalls;
import ru.elumenta.client.internal.stream.StreamDecoder;
import ru.elumenta.client.internal.stream.StreamStart;
import ru.elumenta.client.internal.stream.StreamingApi;
import ru.elumenta.client.internal.transport.HttpTransport;
import ru.elumenta.client.internal.transport.Unpacking;
import ru.elumenta.client.internal.transport.UnpackingClient;
import ru.elumenta.client.internal.transport.WholeBodyClient;
import ru.elumenta.client.internal.upload.BodyEncoder;
import ru.elumenta.client.internal.upload.FormEncoder;
import ru.elumenta.client.internal.upload.ParameterStyles;
import ru.elumenta.client.internal.upload.TranscriptionApi;
import ru.elumenta.client.journal.CallJournal;
import ru.elumenta.client.options.PollingOptions;
import ru.elumenta.client.options.StreamOptions;
import ru.elumenta.client.options.TimeSource;
import ru.elumenta.client.session.Credentials;
import ru.elumenta.error.ElumentaErrorDecoder;

/** What a client and its siblings with other time limits share. Thread-safe. */
final class ClientCore {
  private final CallSettings settings;
  private final PollingOptions polling;
  private final String baseUrl;
  private final NetworkUse network;
  private final HttpEngine engine;
  private final @Nullable HttpTransport ownTransport;
  private final AsyncCalls async;
  private final BearerToken bearerToken;
  private final JobTimer timer;
  private final Spending spending = new Spending();
  private final LostCalls lostCalls;
  private final ResilientCalls calls;
  private final Feign feign;
  private final StreamOptions streaming;
  private final @Nullable StreamingApi streams; // null with a given transport
  private final TranscriptionApi transcriptions;
  private final FileHosts files;
  private final Map<Class<?>, Object> apis = new ConcurrentHashMap<>();

  ClientCore(
      Credentials credentials,
      String baseUrl,
      CallSettings settings,
      PollingOptions polling,
      StreamOptions streaming,
      @Nullable Client givenTransport,
      UnaryOperator<Client> decoration,
      @Nullable Executor givenExecutor,
      CallJournal journal,
      NetworkUse network) {
    this.settings = settings;
    this.network = network;
    this.engine = network.engine();
    this.timer = new JobTimer(settings.time(), engine.jobs());
    this.polling = polling;
    this.streaming = streaming;
    this.baseUrl = baseUrl;
    this.ownTransport = givenTransport == null ? network.transport(engine, baseUrl) : null;
    this.async =
        givenExecutor == null ? AsyncCalls.on(engine.calls()) : AsyncCalls.onGiven(givenExecutor);
    this.bearerToken = new BearerToken(credentials);
    this.files =
        new FileHosts(
            BaseUrl.isOnThisMachine(baseUrl),
            settings.time(),
            () -> ownTransport == null ? new HttpTransport() : ownTransport.sibling());
    this.lostCalls =
        new LostCalls(
            journal,
            () -> api(GenerationsApi.class),
            () -> api(HistoryApi.class),
            settings.time(),
            settings.pause(),
            settings.retry().rateLimitWait());
    this.calls = new ResilientCalls(settings, lostCalls);
    JsonCodec codec = new JsonCodec();
    this.feign =
        feign(new BodyEncoder(codec))
            .requestInterceptor(new ParameterStyles())
            .client(
                unpacked(
                    Require.notNull(
                        "what decorate(…) returns",
                        decoration.apply(givenTransport == null ? ownTransport : givenTransport))))
            .decoder(codec)
            .build();
    this.transcriptions =
        feign(new FormEncoder())
            .client(unpacked(givenTransport == null ? ownTransport : givenTransport))
            .decoder(codec)
            .build()
            .newInstance(new HardCodedTarget<>(TranscriptionApi.class, baseUrl));
    this.streams =
        ownTransport == null
            ? null
            : feign(codec)
                .client(
                    new UnpackingClient(
                        new WholeBodyClient(ownTransport.streaming()),
                        Unpacking.ACCEPTED_FOR_STREAMS))
                .decoder(new StreamDecoder())
                .doNotCloseAfterDecode() // that is when reading begins
                .build()
                .newInstance(new HardCodedTarget<>(StreamingApi.class, baseUrl));
  }

  private static Client unpacked(Client transport) {
    return new UnpackingClient(new WholeBodyClient(transport), Unpacking.ACCEPTED);
  }

  private Feign.Builder feign(Encoder encoder) {
    return Feign.builder()
        .encoder(encoder)
        .errorDecoder(new ElumentaErrorDecoder(settings.time()::now))
        .methodInterceptor(bearerToken)
        .retryer(Retryer.NEVER_RETRY) // the default one sends a POST five times
        .logLevel(Logger.Level.NONE) // Feign's logger prints keys
        .invocationHandlerFactory(calls);
  }

  <T> T api(Class<T> type) {
    return type.cast(apis.computeIfAbsent(type, this::create));
  }

  private Object create(Class<?> type) {
    try {
      return feign.newInstance(new HardCodedTarget<>(type, baseUrl));
    } catch (IllegalStateException e) {
      throw new IllegalArgumentException(
          type.getName() + " is not an interface generated from the contract.", e);
    }
  }

  AsyncCalls async() {
    return async;
  }

  LostCalls lostCalls() {
    return lostCalls;
  }

  ResilientCalls calls() {
    return calls;
  }

  StreamStart streamStart() {
    if (streams == null) {
      throw new IllegalStateException(
          "A client with a transport given to the builder cannot stream, because Feign reads"
              + " answers whole; build one without transport(…) for streams. Nothing was sent.");
    }
    Duration longestSilence = streaming.idle().orElse(settings.attemptTimeout());
    return new StreamStart(streams, settings.time(), streaming.limit(), longestSilence);
  }

  TranscriptionApi transcriptions() {
    return transcriptions;
  }

  /** Whether recordings are read while they are sent; a given transport takes bytes alone. */
  boolean isUploadStreamed() {
    return ownTransport != null;
  }

  /** The way to result files, which knows nothing of the client's credentials. */
  FileHosts files() {
    return files;
  }

  CallSettings settings() {
    return settings;
  }

  StreamOptions streaming() {
    return streaming;
  }

  PollingOptions polling() {
    return polling;
  }

  GenerationPolls polls(GenerationsApi api) {
    return new GenerationPolls(
        api,
        polling,
        settings.retry(),
        settings.time(),
        settings.pause(),
        settings.listener(),
        timer,
        spending);
  }

  Spending spending() {
    return spending;
  }

  TimeSource time() {
    return settings.time();
  }

  String baseUrl() {
    return baseUrl;
  }

  void close() {
    settings.pause().close();
    bearerToken.close();
    files.close();
    if (ownTransport != null) {
      ownTransport.close();
    }
    async.close();
    timer.close();
    if (!network.isShared()) {
      engine.close();
    }
  }
}
