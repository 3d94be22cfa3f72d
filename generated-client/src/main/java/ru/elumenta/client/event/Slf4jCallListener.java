package ru.elumenta.client.event;

import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;
import ru.elumenta.client.model.GenerationId;
import ru.elumenta.client.model.GenerationStatus;
import ru.elumenta.error.ElumentaException;
import ru.elumenta.error.RateLimits;

/**
 * Writes a line per event to SLF4J 2, which the application has to bring along. Attempts, ends of
 * calls and what went as it should at DEBUG; retries, waits, look-ups, recoveries, charges and odd
 * answers at INFO; what failed at WARN.
 *
 * <p>A log that keeps key-value pairs gets each fact as one, such as {@code elumenta.operation}.
 *
 * <p>Shows neither bodies nor keys; of the headers, those that are known to be harmless. A failure
 * is shown by its message, which quotes what the service said of it.
 */
@SuppressWarnings("exports") // who passes a Logger has SLF4J; transitive, all would have to
public final class Slf4jCallListener implements CallListener {
  private static final Set<String> SHOWN_HEADERS =
      Set.of(
          "authorization", // scheme, prefix and length
          "content-type",
          "content-length",
          "date",
          "retry-after",
          "x-request-id",
          "x-ratelimit-limit-hour",
          "x-ratelimit-remaining-hour",
          "x-ratelimit-reset-hour",
          "x-ratelimit-limit-day",
          "x-ratelimit-remaining-day");

  private final Logger log;

  /** Creates a listener that logs under the name {@code ru.elumenta.client}. */
  public Slf4jCallListener() {
    this(LoggerFactory.getLogger("ru.elumenta.client"));
  }

  /** Creates a listener that logs to the given logger. */
  public Slf4jCallListener(Logger log) {
    this.log = Objects.requireNonNull(log, "log");
  }

  private LogLine at(Level level) {
    return LogLine.at(level, log);
  }

  @Override
  public void attemptStarted(CallInfo call, int attempt) {
    at(Level.DEBUG).of(call).with("attempt", attempt).says("{} attempt {}", name(call), attempt);
  }

  @Override
  public void attemptEnded(CallInfo call, AttemptReport report) {
    if (!log.isDebugEnabled()) {
      return;
    }
    Integer status = report.status().isPresent() ? report.status().getAsInt() : null;
    at(Level.DEBUG)
        .of(call)
        .with("attempt", report.attempt())
        .with("took_ms", report.took().toMillis())
        .with("status", status)
        .says(
            "{} attempt {} took {} ms: {}, sent {}, got {}",
            name(call),
            report.attempt(),
            report.took().toMillis(),
            status == null ? "no answer" : status,
            shown(report.requestHeaders()),
            shown(report.responseHeaders()));
  }

  @Override
  public void callEnded(CallInfo call, CallEnd end) {
    at(Level.DEBUG) // a failure is told by gaveUp
        .of(call)
        .with("outcome", end.outcome())
        .with("attempts", end.attempts())
        .with("took_ms", end.took().toMillis())
        .with("generation", end.generation().orElse(null))
        .says(
            "{} ended after {} ms, sent {} times: {}",
            name(call),
            end.took().toMillis(),
            end.attempts(),
            end.outcome());
  }

  @Override
  public void answerDeviates(CallInfo call, List<AnswerFinding> findings) {
    at(Level.INFO)
        .of(call)
        .says(
            "{} was answered in another shape than documented, which was read: {}",
            name(call),
            findings.stream().map(finding -> LogLine.oneLine(finding.toString())).toList());
  }

  @Override
  public void heldBack(CallInfo call, HeldBack wait) {
    at(Level.INFO)
        .of(call)
        .with("reason", wait.reason())
        .with("wait_ms", wait.atMost().toMillis())
        .says("{} waits up to {} ms: {}", name(call), wait.atMost().toMillis(), wait.reason());
  }

  @Override
  public void retryScheduled(CallInfo call, ElumentaException why, Duration wait) {
    at(Level.INFO)
        .of(call)
        .with("wait_ms", wait.toMillis())
        .says("{} again in {} ms: {}", name(call), wait.toMillis(), why.getMessage());
  }

  @Override
  public void lookUpStarted(CallInfo call, ElumentaException lost) {
    at(Level.INFO).of(call).says("{} is looked for: {}", name(call), lost.getMessage());
  }

  @Override
  public void lookUpEnded(CallInfo call, LookUpEnd end) {
    at(Level.INFO)
        .of(call)
        .with("finding", end.finding())
        .with("took_ms", end.took().toMillis())
        .says("{} was looked for {} ms: {}", name(call), end.took().toMillis(), end.finding());
  }

  @Override
  public void recovered(CallInfo call, GenerationId id) {
    at(Level.INFO)
        .of(call)
        .with("generation", id)
        .says("{} was found in the history as generation {}", name(call), id);
  }

  @Override
  public void gaveUp(CallInfo call, ElumentaException failure, GiveUpReason reason) {
    at(Level.WARN)
        .of(call)
        .with("reason", reason)
        .with("code", failure.context().rawCode().map(LogLine::oneLine).orElse(null))
        .with("execution", failure.execution())
        .says("{} failed, {}: {}", name(call), reason, failure.getMessage());
  }

  @Override
  public void budgetEmpty(CallInfo call) {
    at(Level.WARN).of(call).says("{} found the retry budget used up", name(call));
  }

  @Override
  public void breakerOpened(String model, Duration pause) {
    at(Level.WARN)
        .of(Optional.of(model))
        .with("wait_ms", pause.toMillis())
        .says("{} is left alone for {} s", LogLine.oneLine(model), pause.toSeconds());
  }

  @Override
  public void breakerClosed(String model) {
    at(Level.INFO)
        .of(Optional.of(model))
        .says("{} is asked again: a trial was answered", LogLine.oneLine(model));
  }

  @Override
  public void rateLimits(RateLimits limits) {
    at(Level.DEBUG)
        .with("hour_remaining", boxed(limits.hour().remaining()))
        .with("day_remaining", boxed(limits.day().remaining()))
        .says(
            "Requests left: {} in the hour, {} in the day",
            said(limits.hour().remaining()),
            said(limits.day().remaining()));
  }

  @Override
  public void unknownStatus(GenerationId id, GenerationStatus status) {
    at(Level.WARN)
        .with("generation", id)
        .says("Generation {} is {}, which is not documented", id, LogLine.oneLine(status.value()));
  }

  @Override
  public void generationEnded(GenerationEnd end) {
    at(end.failure().isPresent() ? Level.WARN : Level.DEBUG)
        .of(end.model())
        .with("generation", end.id().orElse(null))
        .with("reason", end.failure().orElse(null))
        .says(
            "Generation {} {}",
            said(end.id()),
            end.failure().map(reason -> "failed: " + reason).orElse("completed"));
  }

  @Override
  public void charged(Charge charge) {
    at(Level.INFO)
        .of(charge.model())
        .with("generation", charge.id().orElse(null))
        .with("tokens", charge.tokens())
        .says("Generation {} was charged {} tokens", said(charge.id()), charge.tokens());
  }

  @Override
  public void jobStarted(JobInfo job) {
    at(Level.DEBUG).of(job.model()).with("generation", job.id()).says("{} is waited for", job.id());
  }

  @Override
  public void pollEnded(JobInfo job, Optional<JobProgress> progress) {
    progress.ifPresent(
        known ->
            at(Level.DEBUG)
                .with("generation", job.id())
                .says("{} is {}", job.id(), LogLine.oneLine(known.status().value())));
  }

  @Override
  public void jobEnded(JobInfo job, JobEnd end) {
    at(end.outcome() == JobEnd.Outcome.COMPLETED ? Level.DEBUG : Level.WARN)
        .of(job.model())
        .with("generation", job.id())
        .with("outcome", end.outcome())
        .with("polls", end.polls())
        .with("took_ms", end.took().toMillis())
        .says(
            "{} was waited for {} ms, with {} polls: {}{}",
            job.id(),
            end.took().toMillis(),
            end.polls(),
            end.outcome(),
            why(end.failure()));
  }

  @Override
  public void streamOpened(StreamInfo stream, Duration took) {
    at(Level.DEBUG)
        .of(stream.model())
        .with("took_ms", took.toMillis())
        .says("{} began after {} ms", name(stream), took.toMillis());
  }

  @Override
  public void streamEnded(StreamInfo stream, StreamEnd end) {
    boolean isWell =
        end.outcome() == StreamEnd.Outcome.COMPLETED
            || end.outcome() == StreamEnd.Outcome.CANCELLED;
    at(isWell ? Level.DEBUG : Level.WARN)
        .of(stream.model())
        .with("generation", end.generation().orElse(null))
        .with("outcome", end.outcome())
        .with("events", end.events())
        .with("took_ms", end.took().toMillis())
        .says(
            "{} ended after {} ms and {} events: {}{}",
            name(stream),
            end.took().toMillis(),
            end.events(),
            end.outcome(),
            why(end.failure()));
  }

  @Override
  public void downloadStarted(DownloadInfo download) {
    at(Level.DEBUG).with("host", download.host()).says("Download from {}", download.host());
  }

  @Override
  public void downloadEnded(DownloadInfo download, DownloadEnd end) {
    at(end.failure().isPresent() ? Level.WARN : Level.DEBUG)
        .with("host", download.host())
        .with("bytes", end.bytes())
        .with("requests", end.requests())
        .with("took_ms", end.took().toMillis())
        .says(
            "Download from {} ended after {} ms, {} bytes and {} requests{}",
            download.host(),
            end.took().toMillis(),
            end.bytes(),
            end.requests(),
            why(end.failure()));
  }

  private static String name(CallInfo call) {
    return "#%d %s%s".formatted(call.number(), call.operation(), named(call.model()));
  }

  private static String name(StreamInfo stream) {
    return "Stream" + named(stream.model());
  }

  private static String named(Optional<String> model) {
    return model.map(slug -> " " + LogLine.oneLine(slug)).orElse("");
  }

  /** Only exceptions of this client are known to show neither key nor prompt. */
  private static String why(Optional<Throwable> failure) {
    return failure
        .map(
            thrown ->
                ": "
                    + (thrown instanceof ElumentaException
                        ? thrown.getMessage()
                        : thrown.getClass().getName()))
        .orElse("");
  }

  private static Object said(Optional<GenerationId> id) {
    return id.<Object>map(known -> known).orElse("without id");
  }

  private static Object said(OptionalLong number) {
    return number.isPresent() ? number.getAsLong() : "?";
  }

  private static @Nullable Long boxed(OptionalLong number) {
    return number.isPresent() ? number.getAsLong() : null;
  }

  private static Map<String, Collection<String>> shown(Map<String, Collection<String>> headers) {
    return headers.entrySet().stream()
        .filter(header -> SHOWN_HEADERS.contains(header.getKey().toLowerCase(Locale.ROOT)))
        .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
  }
}
