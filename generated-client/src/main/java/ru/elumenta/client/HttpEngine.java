package ru.elumenta.client;

import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import ru.elumenta.client.internal.call.CallThreads;
import ru.elumenta.client.internal.job.JobThreads;
import ru.elumenta.client.internal.transport.ConnectionEngine;

/**
 * Connections, threads and timers, for any number of clients and sessions to share: give it to
 * {@link ElumentaClientBuilder#sharedWith} of each. Their keys, limits and {@linkplain
 * ru.elumenta.client.options.NetworkOptions network options} stay their own, and a connection is
 * shared only by those that take the same way with the same trust.
 *
 * <p>Whoever made it closes it, after the clients. Closing a client that shares it ends what that
 * client has under way, and nothing of the others. Thread-safe.
 */
public final class HttpEngine implements AutoCloseable {
  private final ConnectionEngine connections = new ConnectionEngine();
  private final ExecutorService calls = CallThreads.named("elumenta-call");
  private final JobThreads jobs = new JobThreads();

  private HttpEngine() {}

  /** Creates one; nothing is opened and no thread runs before the first request. */
  public static HttpEngine create() {
    return new HttpEngine();
  }

  ConnectionEngine connections() {
    return connections;
  }

  /** Where asynchronous calls run. */
  Executor calls() {
    return calls;
  }

  /** Where jobs are waited for. */
  JobThreads jobs() {
    return jobs;
  }

  /**
   * Ends connections and threads, every request that is under way, and every wait for a job.
   * Idempotent.
   */
  @Override
  public void close() {
    connections.close();
    calls.shutdownNow();
    jobs.close();
  }
}
