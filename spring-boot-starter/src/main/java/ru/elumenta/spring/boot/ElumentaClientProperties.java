package ru.elumenta.spring.boot;

import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.NestedConfigurationProperty;
import ru.elumenta.client.options.Recovery;

/** The properties of one client. */
public class ElumentaClientProperties {
  /** API key. Without it, a session or a bean of type Credentials there is no client. */
  private @Nullable String apiKey;

  /** Where the service is. HTTPS, but for a server on this machine. */
  private String baseUrl = "https://elumenta.ru/api/v2";

  /** Time for one attempt, from connecting to the last byte of the answer. */
  private Duration attemptTimeout = Duration.ofSeconds(60);

  /** Time for one call: all attempts and the waits between them. */
  private Duration callTimeout = Duration.ofMinutes(3);

  /** What to do when the answer to a paid request got lost. */
  private Recovery recovery = Recovery.LOOK_UP;

  /**
   * Whether calls are held back while the account has no requests left, instead of being sent into
   * a 429.
   */
  private boolean pacing = false;

  /** How many calls there may be at once, their retries included. By default any number. */
  private @Nullable Integer maxConcurrentCalls;

  @NestedConfigurationProperty private final RetryProperties retry = new RetryProperties();

  @NestedConfigurationProperty private final PollingProperties polling = new PollingProperties();

  @NestedConfigurationProperty
  private final StreamingProperties streaming = new StreamingProperties();

  @NestedConfigurationProperty
  private final CircuitBreakerProperties circuitBreaker = new CircuitBreakerProperties();

  @NestedConfigurationProperty private final NetworkProperties network = new NetworkProperties();

  @NestedConfigurationProperty private final SslProperties ssl = new SslProperties();

  @NestedConfigurationProperty private JournalProperties journal = new JournalProperties();

  @NestedConfigurationProperty private SessionProperties session = new SessionProperties();

  public @Nullable String getApiKey() {
    return apiKey;
  }

  public void setApiKey(@Nullable String apiKey) {
    this.apiKey = apiKey;
  }

  public String getBaseUrl() {
    return baseUrl;
  }

  public void setBaseUrl(String baseUrl) {
    this.baseUrl = baseUrl;
  }

  public Duration getAttemptTimeout() {
    return attemptTimeout;
  }

  public void setAttemptTimeout(Duration attemptTimeout) {
    this.attemptTimeout = attemptTimeout;
  }

  public Duration getCallTimeout() {
    return callTimeout;
  }

  public void setCallTimeout(Duration callTimeout) {
    this.callTimeout = callTimeout;
  }

  public Recovery getRecovery() {
    return recovery;
  }

  public void setRecovery(Recovery recovery) {
    this.recovery = recovery;
  }

  public boolean isPacing() {
    return pacing;
  }

  public void setPacing(boolean pacing) {
    this.pacing = pacing;
  }

  public @Nullable Integer getMaxConcurrentCalls() {
    return maxConcurrentCalls;
  }

  public void setMaxConcurrentCalls(@Nullable Integer maxConcurrentCalls) {
    this.maxConcurrentCalls = maxConcurrentCalls;
  }

  public RetryProperties getRetry() {
    return retry;
  }

  public PollingProperties getPolling() {
    return polling;
  }

  public StreamingProperties getStreaming() {
    return streaming;
  }

  public CircuitBreakerProperties getCircuitBreaker() {
    return circuitBreaker;
  }

  public NetworkProperties getNetwork() {
    return network;
  }

  public SslProperties getSsl() {
    return ssl;
  }

  public JournalProperties getJournal() {
    return journal;
  }

  public SessionProperties getSession() {
    return session;
  }

  /** Forgets what belongs to one client alone: its account, and its journal. */
  void keepWhatIsShared() {
    apiKey = null;
    session = new SessionProperties();
    journal = new JournalProperties();
  }
}
