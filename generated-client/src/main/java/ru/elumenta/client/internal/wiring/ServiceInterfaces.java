package ru.elumenta.client.internal.wiring;

import feign.Client;
import feign.Feign;
import feign.Logger;
import feign.Retryer;
import feign.codec.Encoder;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import ru.elumenta.client.check.Require;
import ru.elumenta.client.internal.call.BearerToken;
import ru.elumenta.client.internal.call.CallSettings;
import ru.elumenta.client.internal.call.ResilientCalls;
import ru.elumenta.client.internal.codec.JsonCodec;
import ru.elumenta.client.internal.stream.StreamDecoder;
import ru.elumenta.client.internal.stream.StreamingApi;
import ru.elumenta.client.internal.transport.HttpTransport;
import ru.elumenta.client.internal.transport.Unpacking;
import ru.elumenta.client.internal.transport.UnpackingClient;
import ru.elumenta.client.internal.transport.UploadReader;
import ru.elumenta.client.internal.transport.WholeBodyClient;
import ru.elumenta.client.internal.upload.BodyEncoder;
import ru.elumenta.client.internal.upload.FormEncoder;
import ru.elumenta.client.internal.upload.ParameterStyles;
import ru.elumenta.client.internal.upload.TranscriptionApi;
import ru.elumenta.client.session.Credentials;
import ru.elumenta.error.ElumentaErrorDecoder;

/**
 * The interfaces of the service, each wired by Feign to codec, credentials, transport and the calls
 * around it. Thread-safe.
 */
public final class ServiceInterfaces implements AutoCloseable {
  private final CallSettings settings;
  private final String baseUrl;
  private final ResilientCalls calls;
  private final BearerToken bearerToken;
  private final ConstantHeaders headers = new ConstantHeaders();
  private final Optional<HttpTransport> ownTransport;
  private final Optional<UploadReader> uploadReader;
  private final Feign feign;
  private final Optional<StreamingApi> streams;
  private final TranscriptionApi transcriptions;
  private final Map<Class<?>, Object> apis = new ConcurrentHashMap<>();

  /**
   * Wires them.
   *
   * @param baseUrl where the service is, checked
   */
  public ServiceInterfaces(
      Credentials credentials,
      String baseUrl,
      CallSettings settings,
      TransportChoice choice,
      ClientEngine engine,
      ResilientCalls calls) {
    this.settings = settings;
    this.baseUrl = baseUrl;
    this.calls = calls;
    this.bearerToken = new BearerToken(credentials);
    this.ownTransport = choice.own(engine, baseUrl);
    this.uploadReader =
        ownTransport.isPresent()
            ? Optional.empty()
            : Optional.of(new UploadReader(engine.connections()));
    Client transport = ownTransport.<Client>map(own -> own).or(choice::given).orElseThrow();
    Client decorated =
        Require.notNull("what decorate(…) returns", choice.decoration().apply(transport));
    JsonCodec codec = new JsonCodec();
    this.feign =
        feign(new BodyEncoder(codec))
            .requestInterceptor(new ParameterStyles())
            .client(unpacked(decorated))
            .decoder(codec)
            .build();
    this.transcriptions =
        feign(new FormEncoder())
            .client(unpacked(transport))
            .decoder(codec)
            .build()
            .newInstance(headers.target(TranscriptionApi.class, baseUrl, Unpacking.ACCEPTED));
    this.streams = ownTransport.map(own -> streams(own, codec));
  }

  private StreamingApi streams(HttpTransport transport, JsonCodec codec) {
    return feign(codec)
        .client(
            new UnpackingClient(
                new WholeBodyClient(transport.streaming()), Unpacking.ACCEPTED_FOR_STREAMS))
        .decoder(new StreamDecoder())
        .doNotCloseAfterDecode() // that is when reading begins
        .build()
        .newInstance(headers.target(StreamingApi.class, baseUrl, Unpacking.ACCEPTED_FOR_STREAMS));
  }

  private static Client unpacked(Client transport) {
    return new UnpackingClient(new WholeBodyClient(transport), Unpacking.ACCEPTED);
  }

  private Feign.Builder feign(Encoder encoder) {
    return Feign.builder()
        .contract(headers)
        .encoder(encoder)
        .errorDecoder(new ElumentaErrorDecoder(settings.time()::now))
        .methodInterceptor(bearerToken)
        .methodInterceptor(settings.headers())
        .retryer(Retryer.NEVER_RETRY) // the default one sends a POST five times
        .logLevel(Logger.Level.NONE) // Feign's logger prints keys
        .invocationHandlerFactory(calls);
  }

  /**
   * Returns an interface, the same each time.
   *
   * @throws IllegalArgumentException if it was not generated from the contract
   */
  public <T> T api(Class<T> type) {
    Object known = apis.get(type); // asked by each call: what follows takes a lock
    return type.cast(known != null ? known : apis.computeIfAbsent(type, this::create));
  }

  private Object create(Class<?> type) {
    try {
      return feign.newInstance(headers.target(type, baseUrl, Unpacking.ACCEPTED));
    } catch (IllegalStateException e) {
      throw new IllegalArgumentException(
          type.getName() + " is not an interface generated from the contract.", e);
    }
  }

  /** Returns the interface that streams; none with a given transport, whose answers are whole. */
  public Optional<StreamingApi> streams() {
    return streams;
  }

  public TranscriptionApi transcriptions() {
    return transcriptions;
  }

  /** Returns what reads recordings for a given transport, which takes bytes alone. */
  public Optional<UploadReader> uploadReader() {
    return uploadReader;
  }

  /** Returns a transport for what is no call of the service, such as a result file. */
  public HttpTransport transportForOthers() {
    return ownTransport.map(HttpTransport::sibling).orElseGet(HttpTransport::new);
  }

  /** Ends the waiting for tokens. */
  public void closeCredentials() {
    bearerToken.close();
  }

  /** Ends the client's own transport. */
  @Override
  public void close() {
    ownTransport.ifPresent(HttpTransport::close);
  }
}
