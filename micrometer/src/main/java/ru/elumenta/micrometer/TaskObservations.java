package ru.elumenta.micrometer;

import io.micrometer.observation.Observation;
import io.micrometer.observation.Observation.Scope;
import java.time.Duration;
import java.util.Optional;
import ru.elumenta.client.event.CallListener;
import ru.elumenta.client.event.DownloadEnd;
import ru.elumenta.client.event.DownloadInfo;
import ru.elumenta.client.event.GenerationEnd;
import ru.elumenta.client.event.JobEnd;
import ru.elumenta.client.event.JobInfo;
import ru.elumenta.client.event.JobProgress;
import ru.elumenta.client.event.StreamEnd;
import ru.elumenta.client.event.StreamInfo;

/**
 * Observes what lasts longer than a call: waits for jobs, streams, downloads. A wait is current
 * while it polls, a stream while it is asked for; between that the thread is the application's.
 * Thread-safe.
 */
final class TaskObservations implements CallListener {
  private static final JobObservationConvention JOB = new JobObservationConvention();
  private static final StreamObservationConvention STREAM = new StreamObservationConvention();
  private static final DownloadObservationConvention DOWNLOAD = new DownloadObservationConvention();

  private final ObservationStart observations;
  private final ModelNames models;
  private final Creations creations;
  private final UnderWay<JobInfo, Observed<JobObservationContext>> jobs = new UnderWay<>();
  private final UnderWay<JobInfo, Scope> polls = new UnderWay<>(); // another thread may end the job
  private final UnderWay<StreamInfo, Observed<StreamObservationContext>> streams = new UnderWay<>();
  private final UnderWay<DownloadInfo, Observed<DownloadObservationContext>> downloads =
      new UnderWay<>();

  TaskObservations(ObservationStart observations, ModelNames models, Creations creations) {
    this.observations = observations;
    this.creations = creations;
    this.models = models;
  }

  @Override
  public void jobStarted(JobInfo job) {
    JobObservationContext context = new JobObservationContext(observations.client(), job, models);
    Observation creation = creations.of(job.id());
    jobs.begin(job, observations.begin(ElumentaObservations.JOB, context, JOB, creation));
  }

  @Override
  public void pollStarted(JobInfo job) {
    Observed<JobObservationContext> observed = jobs.of(job);
    if (observed != null && observed.isSeen()) {
      polls.begin(job, observed.observation().openScope());
    }
  }

  @Override
  public void pollEnded(JobInfo job, Optional<JobProgress> progress) {
    Scope poll = polls.end(job);
    if (poll != null) {
      poll.close();
    }
  }

  @Override
  public void jobEnded(JobInfo job, JobEnd end) {
    Observed<JobObservationContext> observed = jobs.end(job);
    if (observed != null) {
      observed.context().ended(end);
      observed.stop(end.failure());
    }
  }

  @Override
  public void generationEnded(GenerationEnd end) {
    end.id().ifPresent(creations::ended);
  }

  @Override
  public void streamStarted(StreamInfo stream) {
    StreamObservationContext context =
        new StreamObservationContext(observations.client(), stream, models);
    Observed<StreamObservationContext> observed =
        observations.begin(ElumentaObservations.STREAM, context, STREAM);
    streams.begin(stream, observed);
    observed.enter();
  }

  @Override
  public void streamOpened(StreamInfo stream, Duration took) {
    Observed<StreamObservationContext> observed = streams.of(stream);
    if (observed != null) {
      observed.leave();
    }
  }

  @Override
  public void streamEnded(StreamInfo stream, StreamEnd end) {
    Observed<StreamObservationContext> observed = streams.end(stream);
    if (observed != null) {
      observed.context().ended(end);
      observed.stop(end.failure());
    }
  }

  @Override
  public void downloadStarted(DownloadInfo download) {
    DownloadObservationContext context =
        new DownloadObservationContext(observations.client(), download);
    Observed<DownloadObservationContext> observed =
        observations.begin(ElumentaObservations.DOWNLOAD, context, DOWNLOAD);
    downloads.begin(download, observed);
    observed.enter();
  }

  @Override
  public void downloadEnded(DownloadInfo download, DownloadEnd end) {
    Observed<DownloadObservationContext> observed = downloads.end(download);
    if (observed != null) {
      observed.context().ended(end);
      observed.stop(end.failure());
    }
  }

  int underWay() {
    return jobs.size() + polls.size() + streams.size() + downloads.size();
  }
}
