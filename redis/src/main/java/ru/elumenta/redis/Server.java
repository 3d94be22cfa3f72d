package ru.elumenta.redis;

import io.lettuce.core.ClientOptions;
import io.lettuce.core.RedisClient;
import io.lettuce.core.RedisURI;
import io.lettuce.core.SocketOptions;
import io.lettuce.core.api.StatefulConnection;
import io.lettuce.core.api.StatefulRedisConnection;
import io.lettuce.core.cluster.ClusterClientOptions;
import io.lettuce.core.cluster.RedisClusterClient;
import io.lettuce.core.cluster.api.StatefulRedisClusterConnection;
import io.lettuce.core.cluster.api.async.RedisClusterAsyncCommands;
import io.lettuce.core.codec.StringCodec;
import io.lettuce.core.resource.ClientResources;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Makes connections to one Redis: a single server, one behind Sentinels, or a cluster. Owns a
 * client of Lettuce's, unless the application has brought its own. Used by one thread at a time.
 */
final class Server implements AutoCloseable {
  /** Lettuce would use a thread for each processor; one connection keeps one busy. */
  private static final int FEWEST_THREADS = 2;

  private final FleetOptions options;
  private @Nullable ClientResources resources; // null until needed, as are the two below
  private @Nullable RedisClient client;
  private @Nullable RedisClusterClient cluster;
  private @Nullable RedisURI address; // of a client of its own; null until needed, and in a cluster
  private boolean isClosed;

  Server(FleetOptions options) {
    this.options = options;
    this.client = options.place().client();
    this.cluster = options.place().clusterClient();
  }

  /**
   * Connects, which may block for as long as {@link FleetConnection#UNHURRIED} the first time, and
   * for the time-out of the options from then on: an attempt that the network has swallowed must
   * not be what all wait for when it is back. In a cluster the former is for every time.
   */
  StatefulConnection<String, String> connect() {
    if (isClosed) { // else what is made now would be closed by nobody
      throw new IllegalStateException("The fleet was closed.");
    }
    if (options.place().isCluster()) {
      boolean isFirst = cluster == null;
      RedisClusterClient nodes = cluster();
      if (!isFirst) {
        nodes.refreshPartitions(); // nodes may have moved since
      }
      return nodes.connect(StringCodec.UTF8);
    }
    RedisClient own = client();
    if (address == null) {
      return own.connect(StringCodec.UTF8);
    }
    StatefulConnection<String, String> connection = own.connect(StringCodec.UTF8, address);
    address.setTimeout(options.timeout());
    return connection;
  }

  static RedisClusterAsyncCommands<String, String> commands(
      StatefulConnection<String, String> connection) {
    return connection instanceof StatefulRedisClusterConnection<String, String> nodes
        ? nodes.async()
        : ((StatefulRedisConnection<String, String>) connection).async();
  }

  private RedisClient client() {
    if (client == null) {
      address = timed(options.place().addresses().get(0));
      client = RedisClient.create(resources(), address);
      client.setOptions(set(ClientOptions.builder()).build());
    }
    return client;
  }

  private RedisClusterClient cluster() {
    if (cluster == null) {
      List<RedisURI> addresses = options.place().addresses().stream().map(this::timed).toList();
      cluster = RedisClusterClient.create(resources(), addresses);
      ClusterClientOptions.Builder builder = ClusterClientOptions.builder();
      set(builder);
      // Connections to nodes are opened when a command is for them, which waits for that.
      builder.disconnectedBehavior(ClientOptions.DisconnectedBehavior.ACCEPT_COMMANDS);
      cluster.setOptions(builder.build());
    }
    return cluster;
  }

  /** The library's version is of no concern to the server, and an old one refuses to be told. */
  private RedisURI timed(RedisURI address) {
    RedisURI own =
        address.getSentinels().isEmpty() ? RedisURI.builder(address).build() : watched(address);
    own.setTimeout(FleetConnection.UNHURRIED); // who waits for it waits no longer than asked
    own.setClientName("elumenta");
    return own;
  }

  /** Lettuce's builder would leave out the Sentinels, and whoever is behind them. */
  private RedisURI watched(RedisURI address) {
    RedisURI.Builder builder =
        RedisURI.builder()
            .withSentinelMasterId(address.getSentinelMasterId())
            .withDatabase(address.getDatabase())
            .withSsl(address);
    for (RedisURI each : address.getSentinels()) {
      RedisURI sentinel = RedisURI.builder(each).build();
      sentinel.setTimeout(options.timeout());
      builder.withSentinel(sentinel);
    }
    RedisURI own = builder.build();
    own.setCredentialsProvider(address.getCredentialsProvider());
    return own;
  }

  /**
   * A connection that is lost is lost: what was under way on it fails at once, nothing is kept to
   * be sent later or sent again, and whoever comes next opens another.
   */
  private ClientOptions.Builder set(ClientOptions.Builder builder) {
    Duration timeout = options.timeout();
    builder
        .autoReconnect(false)
        .disconnectedBehavior(ClientOptions.DisconnectedBehavior.REJECT_COMMANDS)
        .socketOptions(
            SocketOptions.builder()
                .connectTimeout(timeout)
                .keepAlive(true)
                .tcpNoDelay(true)
                .build());
    if (options.place().ssl() != null) {
      builder.sslOptions(options.place().ssl());
    }
    return builder;
  }

  private ClientResources resources() {
    if (resources == null) {
      resources =
          ClientResources.builder()
              .ioThreadPoolSize(FEWEST_THREADS)
              .computationThreadPoolSize(FEWEST_THREADS)
              .build();
    }
    return resources;
  }

  /** Closes what it made; what the application brought stays open. */
  @Override
  public void close() {
    isClosed = true;
    if (resources == null) {
      return;
    }
    if (client != null) {
      client.shutdown(Duration.ZERO, options.timeout());
    }
    if (cluster != null) {
      cluster.shutdown(Duration.ZERO, options.timeout());
    }
    resources
        .shutdown(0, options.timeout().toMillis(), java.util.concurrent.TimeUnit.MILLISECONDS)
        .awaitUninterruptibly(options.timeout().toMillis());
  }
}
