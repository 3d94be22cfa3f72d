package ru.elumenta.micrometer;

import io.micrometer.observation.Observation;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import ru.elumenta.client.event.JobEnd;
import ru.elumenta.client.event.JobInfo;

/** One wait for a generation. */
public final class JobObservationContext extends Observation.Context {
  private final String client;
  private final JobInfo job;
  private final ModelNames names;
  private volatile @Nullable JobEnd end;

  JobObservationContext(String client, JobInfo job, ModelNames names) {
    this.client = client;
    this.job = job;
    this.names = names;
  }

  /** Returns the name of the client. */
  public String client() {
    return client;
  }

  /** Returns what is observed. */
  public JobInfo job() {
    return job;
  }

  /** Returns the model as metrics show it, which is one of few names. */
  public String modelName() {
    return names.of(job.model());
  }

  /** Returns how it ended; empty until then. */
  public Optional<JobEnd> end() {
    return Optional.ofNullable(end);
  }

  void ended(JobEnd how) {
    end = how;
  }
}
