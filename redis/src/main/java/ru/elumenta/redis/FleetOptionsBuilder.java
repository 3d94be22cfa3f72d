package ru.elumenta.redis;

import io.lettuce.core.RedisClient;
import io.lettuce.core.RedisURI;
import io.lettuce.core.SslOptions;
import io.lettuce.core.cluster.RedisClusterClient;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.regex.Pattern;
import javax.crypto.SecretKey;
import org.jspecify.annotations.Nullable;
import ru.elumenta.redis.FleetOptions.Place;
import ru.elumenta.redis.FleetOptions.WithoutJournal;

/**
 * Configures {@link FleetOptions}. Bad values are refused with a sentence that says what to do. Not
 * thread-safe.
 */
public final class FleetOptionsBuilder {
  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9._-]{1,64}");

  private final List<RedisURI> addresses;
  private final boolean isCluster;
  private final @Nullable RedisClient client;
  private final @Nullable RedisClusterClient clusterClient;
  private @Nullable String username;
  private char @Nullable [] password;
  private @Nullable SslOptions ssl;
  String prefix = "elumenta";
  String account = "default";
  Duration timeout = Duration.ofSeconds(2);
  Duration lease = Duration.ofSeconds(15);
  Duration longestPause = Duration.ofMinutes(3);
  Duration keepSession = Duration.ofDays(40);
  Duration keepCalls = Duration.ofDays(7);
  final List<SecretKey> encryptionKeys = new ArrayList<>();
  Durability durability = Durability.PRIMARY;
  WithoutJournal withoutJournal = WithoutJournal.REFUSE;
  boolean allowsEviction;
  boolean isPaced = true;
  int maxConcurrentRequests; // 0 for any number

  FleetOptionsBuilder(List<RedisURI> addresses, boolean isCluster) {
    this.addresses = addresses;
    this.isCluster = isCluster;
    this.client = null;
    this.clusterClient = null;
  }

  FleetOptionsBuilder(@Nullable RedisClient client, @Nullable RedisClusterClient clusterClient) {
    this.addresses = List.of();
    this.isCluster = clusterClient != null;
    this.client = client;
    this.clusterClient = clusterClient;
  }

  static RedisURI address(String text) {
    try {
      return RedisURI.create(Objects.requireNonNull(text, "address"));
    } catch (IllegalArgumentException e) { // whose message shows a password
      throw new IllegalArgumentException(
          "The address of the Redis cannot be understood: write it as redis://host:6379, or with"
              + " rediss:// for TLS; special characters of a password are written as %XX, or the"
              + " password is set by password(…).");
    }
  }

  /** Sets the ACL user; by default that of the address, else Redis's {@code default}. */
  public FleetOptionsBuilder username(String username) {
    this.username = Objects.requireNonNull(username, "username");
    return this;
  }

  /** Sets the password; by default that of the address, if it has one. */
  public FleetOptionsBuilder password(String password) {
    this.password = Objects.requireNonNull(password, "password").toCharArray();
    return this;
  }

  /** Sets trust and certificates for {@code rediss://}; by default those of the JVM. */
  public FleetOptionsBuilder ssl(SslOptions ssl) {
    this.ssl = Objects.requireNonNull(ssl, "ssl");
    return this;
  }

  /** Sets what all keys begin with. Default {@code elumenta}; letters, digits, dot, dash. */
  public FleetOptionsBuilder prefix(String prefix) {
    this.prefix = name("prefix", prefix);
    return this;
  }

  /**
   * Sets which account the machines share. Limits, session and history belong to an account: those
   * that use another must have another name here. Default {@code default}; letters, digits, dot,
   * dash. It is no secret and not the key of the API.
   */
  public FleetOptionsBuilder account(String account) {
    this.account = name("account", account);
    return this;
  }

  /** Returns a name that can be part of a key. */
  static String name(String what, String value) {
    if (!NAME.matcher(Objects.requireNonNull(value, what)).matches()) {
      throw new IllegalArgumentException(
          "The %s must be 1 to 64 letters, digits, dots, dashes or underscores.".formatted(what));
    }
    return value;
  }

  /**
   * Sets how long one command may take, connecting included. Default 2 s; what a call has left
   * applies if that is less.
   */
  public FleetOptionsBuilder timeout(Duration timeout) {
    this.timeout = atLeast("timeout", timeout, Duration.ofMillis(10));
    return this;
  }

  /**
   * Sets after which time without a sign of life a machine is taken for dead, so that others take
   * over. Default 15 s. It says it lives three times as often. A machine that was only paused
   * notices when it goes on.
   */
  public FleetOptionsBuilder lease(Duration lease) {
    this.lease = atLeast("lease", lease, Duration.ofMillis(300));
    return this;
  }

  /**
   * Sets for how long, beyond its lease, a machine that is not heard of may only be paused, and go
   * on with its calls. Default 3 minutes. For that time a call of its is looked for, but no other
   * call takes a generation that may be that one's, also if both asked for the same to the letter.
   */
  public FleetOptionsBuilder longestPause(Duration time) {
    this.longestPause = atLeast("longest pause", time, Duration.ZERO);
    return this;
  }

  /**
   * Sets for how long the tokens of a session are kept that nobody renews. Default 40 days: a
   * refresh token lasts 30 (page: api-reference/auth/refresh).
   */
  public FleetOptionsBuilder keepSession(Duration time) {
    this.keepSession = atLeast("time to keep a session", time, Duration.ofSeconds(1));
    return this;
  }

  /**
   * Sets for how long open calls are kept that nobody has closed, and at the least claims. Default
   * 7 days; at least one, because rows may be off by most of a day.
   */
  public FleetOptionsBuilder keepCalls(Duration time) {
    this.keepCalls = atLeast("time to keep open calls", time, Duration.ofDays(1));
    return this;
  }

  private static Duration atLeast(String what, Duration value, Duration least) {
    if (Objects.requireNonNull(value, what).compareTo(least) < 0) {
      throw new IllegalArgumentException(
          "The %s must be at least %s, but is %s.".formatted(what, least, value));
    }
    return value;
  }

  /**
   * Sets the AES key, of 16, 24 or 32 bytes, that encrypts tokens (AES-GCM) before they leave this
   * process. Without one a session is not kept in Redis: its store refuses. All machines have the
   * same.
   *
   * <p>To change it: first give all machines the new one as a further key to read with, then make
   * it the first everywhere, then, when every session was renewed once, leave the old one out.
   *
   * @param key to write and read with
   * @param further to read with only
   */
  public FleetOptionsBuilder encryptionKey(SecretKey key, SecretKey... further) {
    encryptionKeys.clear();
    encryptionKeys.add(Objects.requireNonNull(key, "key"));
    encryptionKeys.addAll(List.of(further));
    return this;
  }

  /** Sets what a write must have reached before it counts. Default {@link Durability#PRIMARY}. */
  public FleetOptionsBuilder durability(Durability durability) {
    this.durability = Objects.requireNonNull(durability, "durability");
    return this;
  }

  /**
   * Sets what happens to a paid call while the journal cannot be written. Default {@link
   * WithoutJournal#REFUSE}.
   */
  public FleetOptionsBuilder withoutJournal(WithoutJournal choice) {
    this.withoutJournal = Objects.requireNonNull(choice, "choice");
    return this;
  }

  /**
   * Uses a Redis that may throw keys away when its memory is full. By default one whose {@code
   * maxmemory-policy} is not {@code noeviction} is refused: it forgets open calls and claims, and
   * whoever looks for a lost call may then get the result of another.
   */
  public FleetOptionsBuilder allowEviction() {
    this.allowsEviction = true;
    return this;
  }

  /**
   * Sets whether clients share what the account has left in its hour and day, and are held back
   * together: see {@link RedisPacing}. Default true. Those that do not take part make the others'
   * waits longer than they expect, and their own requests may be refused.
   */
  public FleetOptionsBuilder pacing(boolean pacing) {
    this.isPaced = pacing;
    return this;
  }

  /**
   * Sets how many requests all machines together may have under way. Default any number. A call
   * that gets no turn within its time fails with {@link
   * ru.elumenta.client.error.TooManyCallsException} and sends nothing. All machines have the same;
   * of different limits each holds back by its own.
   *
   * @param limit 1 or more
   */
  public FleetOptionsBuilder maxConcurrentRequests(int limit) {
    if (limit < 1) {
      throw new IllegalArgumentException(
          "The limit of concurrent requests must be 1 or more, but is %d.".formatted(limit));
    }
    this.maxConcurrentRequests = limit;
    return this;
  }

  Place place() {
    return new Place(addresses, isCluster, ssl, client, clusterClient);
  }

  /**
   * Creates the options; connects to nothing.
   *
   * @throws IllegalArgumentException if values do not fit together
   */
  public FleetOptions build() {
    if (!addresses.isEmpty() && password != null) {
      addresses.forEach(
          each -> each.setCredentialsProvider(new FixedCredentials(username, password)));
    } else if (username != null) {
      throw new IllegalArgumentException(
          addresses.isEmpty()
              ? "The application's client has its own user: leave username(…) out."
              : "There is a username(…) but no password(…): set both.");
    } else if (password != null) {
      throw new IllegalArgumentException(
          "The application's client has its own password: leave password(…) out.");
    }
    if (ssl != null && addresses.isEmpty()) {
      throw new IllegalArgumentException(
          "The application's client has its own TLS: leave ssl(…) out.");
    }
    if (isCluster && durability.needsWaiting()) {
      throw new IllegalArgumentException(
          "In a cluster nobody can wait for replicas: leave durability(…) out, and set"
              + " min-replicas-to-write in Redis instead.");
    }
    if (maxConcurrentRequests > 0 && !isPaced) {
      throw new IllegalArgumentException(
          "maxConcurrentRequests(…) is kept by the pacing: leave out pacing(false).");
    }
    return new FleetOptions(this);
  }
}
