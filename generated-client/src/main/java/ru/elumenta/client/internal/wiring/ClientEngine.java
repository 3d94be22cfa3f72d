package ru.elumenta.client.internal.wiring;

import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import ru.elumenta.client.internal.call.CallThreads;
import ru.elumenta.client.internal.job.JobThreads;
import ru.elumenta.client.internal.stream.StreamThreads;
import ru.elumenta.client.internal.transport.ConnectionEngine;

/** Connections, threads and timers, of one client or shared by several. Thread-safe. */
public final class ClientEngine implements AutoCloseable {
  private final ConnectionEngine connections = new ConnectionEngine();
  private final ExecutorService calls = CallThreads.named("elumenta-call");
  private final JobThreads jobs = new JobThreads();
  private final StreamThreads streams = new StreamThreads(jobs::after);

  ConnectionEngine connections() {
    return connections;
  }

  /** Where asynchronous calls run. */
  public Executor calls() {
    return calls;
  }

  /** Where jobs are waited for. */
  public JobThreads jobs() {
    return jobs;
  }

  /** Where published streams are read. */
  public StreamThreads streams() {
    return streams;
  }

  /** Ends all of it, and what is under way on it. Idempotent. */
  @Override
  public void close() {
    connections.close();
    calls.shutdownNow();
    streams.close();
    jobs.close();
  }
}
