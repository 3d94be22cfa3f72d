package ru.elumenta.redis;

import io.lettuce.core.RedisClient;
import io.lettuce.core.RedisURI;
import io.lettuce.core.SslOptions;
import io.lettuce.core.cluster.RedisClusterClient;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.OptionalInt;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Where the Redis of a fleet is, and how it is used. Immutable and thread-safe; {@code toString()}
 * shows neither passwords nor keys.
 *
 * <pre>{@code
 * FleetOptions.at("rediss://redis.example.com:6379")
 *     .username("elumenta").password(password)
 *     .account("studio")
 *     .encryptionKey(key)
 *     .build();
 * }</pre>
 */
public final class FleetOptions {
  private final Place place;
  private final String prefix;
  private final String account;
  private final Duration timeout;
  private final Duration lease;
  private final Duration longestPause;
  private final Duration keepSession;
  private final Duration keepCalls;
  private final TokenKeys tokenKeys;
  private final Durability durability;
  private final WithoutJournal withoutJournal;
  private final boolean allowsEviction;
  private final boolean isPaced;
  private final int maxConcurrentRequests; // 0 for any number

  /** Where it is: addresses, or a client of the application's own. */
  record Place(
      List<RedisURI> addresses,
      boolean isCluster,
      @Nullable SslOptions ssl,
      @Nullable RedisClient client,
      @Nullable RedisClusterClient clusterClient) {

    boolean isForeign() {
      return client != null || clusterClient != null;
    }

    /** For sentences: no user, no password. */
    @Override
    public String toString() {
      if (isForeign()) {
        return "of the application's client";
      }
      return addresses.stream().map(Place::shown).collect(Collectors.joining(", ", "at ", ""));
    }

    private static String shown(RedisURI address) {
      if (!address.getSentinels().isEmpty()) {
        return address.getSentinels().stream().map(Place::shown).collect(Collectors.joining(", "))
            + " for "
            + address.getSentinelMasterId();
      }
      return address.getSocket() != null
          ? address.getSocket()
          : address.getHost() + ":" + address.getPort();
    }
  }

  FleetOptions(FleetOptionsBuilder from) {
    this.place = from.place();
    this.prefix = from.prefix;
    this.account = from.account;
    this.timeout = from.timeout;
    this.lease = from.lease;
    this.longestPause = from.longestPause;
    this.keepSession = from.keepSession;
    this.keepCalls = from.keepCalls;
    this.tokenKeys = new TokenKeys(from.encryptionKeys);
    this.durability = from.durability;
    this.withoutJournal = from.withoutJournal;
    this.allowsEviction = from.allowsEviction;
    this.isPaced = from.isPaced;
    this.maxConcurrentRequests = from.maxConcurrentRequests;
  }

  /**
   * Begins with one address.
   *
   * @param address {@code redis://host:6379}, {@code rediss://…} for TLS, or {@code
   *     redis-sentinel://host1,host2/0#master}; it may have user, password and number of the
   *     database in it
   * @throws IllegalArgumentException if it is none, with a sentence that does not show it
   */
  public static FleetOptionsBuilder at(String address) {
    return new FleetOptionsBuilder(List.of(FleetOptionsBuilder.address(address)), false);
  }

  /**
   * Begins with a cluster.
   *
   * @param addresses of some of its nodes, as in {@link #at}; the others are found
   */
  public static FleetOptionsBuilder cluster(String... addresses) {
    if (addresses.length == 0) {
      throw new IllegalArgumentException("Name at least one node of the cluster.");
    }
    return new FleetOptionsBuilder(
        Stream.of(addresses).map(FleetOptionsBuilder::address).toList(), true);
  }

  /**
   * Begins with a client that the application has, and closes. It gets one connection more, not
   * shared with the application, which might block or reset it. Its time-outs and what it does
   * while it is not connected are the client's own; no method waits longer for it than it would
   * otherwise.
   *
   * @param client one that was created with an address
   */
  public static FleetOptionsBuilder with(RedisClient client) {
    return new FleetOptionsBuilder(Objects.requireNonNull(client, "client"), null);
  }

  /** The same with a client of a cluster. */
  public static FleetOptionsBuilder with(RedisClusterClient client) {
    return new FleetOptionsBuilder(null, Objects.requireNonNull(client, "client"));
  }

  /** What happens to a paid call while the journal cannot be written. */
  public enum WithoutJournal {
    /** It is not sent: it fails, nothing is charged. The default. */
    REFUSE,
    /**
     * It is sent, and written down in the memory of this process only: if its answer gets lost and
     * the process ends, nobody knows of it; and what another machine takes for its own may be this
     * call's.
     */
    SEND_UNRECORDED
  }

  /** Returns the prefix of all keys. */
  public String prefix() {
    return prefix;
  }

  /** Returns the name of the account, which keeps several apart in one Redis. */
  public String account() {
    return account;
  }

  /** Returns how long one command may take. */
  public Duration timeout() {
    return timeout;
  }

  /** Returns for how long a machine is taken to live that is not heard of. */
  public Duration lease() {
    return lease;
  }

  /** Returns for how long a machine may be paused and go on with its calls. */
  public Duration longestPause() {
    return longestPause;
  }

  /** Returns for how long the tokens of a session are kept that nobody renews. */
  public Duration keepSession() {
    return keepSession;
  }

  /** Returns for how long open calls and claims are kept. */
  public Duration keepCalls() {
    return keepCalls;
  }

  /** Returns what a write must have reached. */
  public Durability durability() {
    return durability;
  }

  /** Returns what happens to a paid call while the journal cannot be written. */
  public WithoutJournal withoutJournal() {
    return withoutJournal;
  }

  /** Returns whether a Redis is used that may throw keys away when its memory is full. */
  public boolean allowsEviction() {
    return allowsEviction;
  }

  /** Returns whether clients share what the account has left, and are held back together. */
  public boolean isPaced() {
    return isPaced;
  }

  /** Returns how many requests all machines together may have under way; empty for any number. */
  public OptionalInt maxConcurrentRequests() {
    return maxConcurrentRequests == 0 ? OptionalInt.empty() : OptionalInt.of(maxConcurrentRequests);
  }

  Place place() {
    return place;
  }

  TokenKeys tokenKeys() {
    return tokenKeys;
  }

  /** Returns a key of this account; all of them are in one slot of a cluster. */
  String key(String name) {
    return "{" + prefix + ":" + account + "}:" + name;
  }

  /** Shows where and for whom, no secrets. */
  @Override
  public String toString() {
    return "FleetOptions[Redis %s, keys {%s:%s}:…, %s, timeout=%s, lease=%s, longestPause=%s"
            .formatted(place, prefix, account, tokenKeys, timeout, lease, longestPause)
        + ", keepSession=%s, keepCalls=%s, %s, %s, allowsEviction=%s]"
            .formatted(keepSession, keepCalls, durability, withoutJournal, allowsEviction);
  }
}
