package ru.elumenta.client.event;

import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import ru.elumenta.client.model.GenerationId;
import ru.elumenta.client.model.GenerationStatus;
import ru.elumenta.error.ElumentaException;

/**
 * Writes a line per event to SLF4J, which the application has to bring along. Attempts at DEBUG,
 * retries, recoveries and odd answers at INFO, what failed at WARN.
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

  @Override
  public void attemptStarted(CallInfo call, int attempt) {
    log.debug("{} attempt {}", name(call), attempt);
  }

  @Override
  public void attemptEnded(CallInfo call, AttemptReport report) {
    if (log.isDebugEnabled()) {
      log.debug(
          "{} attempt {} took {} ms: {}, sent {}, got {}",
          name(call),
          report.attempt(),
          report.took().toMillis(),
          report.status().isPresent() ? report.status().getAsInt() : "no answer",
          shown(report.requestHeaders()),
          shown(report.responseHeaders()));
    }
  }

  @Override
  public void answerDeviates(CallInfo call, List<AnswerFinding> findings) {
    log.info(
        "{} was answered in another shape than documented, which was read: {}",
        name(call),
        findings.stream().map(finding -> oneLine(finding.toString())).toList());
  }

  @Override
  public void retryScheduled(CallInfo call, ElumentaException why, Duration wait) {
    log.info("{} again in {} ms: {}", name(call), wait.toMillis(), why.getMessage());
  }

  @Override
  public void recovered(CallInfo call, GenerationId id) {
    log.info("{} was found in the history as generation {}", name(call), id);
  }

  @Override
  public void gaveUp(CallInfo call, ElumentaException failure, GiveUpReason reason) {
    log.warn("{} failed, {}: {}", name(call), reason, failure.getMessage());
  }

  @Override
  public void budgetEmpty(CallInfo call) {
    log.warn("{} found the retry budget used up", name(call));
  }

  @Override
  public void breakerOpened(String model, Duration pause) {
    log.warn("{} is left alone for {} s", oneLine(model), pause.toSeconds());
  }

  @Override
  public void unknownStatus(GenerationId id, GenerationStatus status) {
    log.warn("Generation {} is {}, which is not documented", id, oneLine(status.value()));
  }

  private static String name(CallInfo call) {
    String model = call.model().map(slug -> " " + oneLine(slug)).orElse("");
    return "#%d %s%s".formatted(call.number(), call.operation(), model);
  }

  private static Map<String, Collection<String>> shown(Map<String, Collection<String>> headers) {
    return headers.entrySet().stream()
        .filter(header -> SHOWN_HEADERS.contains(header.getKey().toLowerCase(Locale.ROOT)))
        .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
  }

  private static String oneLine(String text) {
    return text.replaceAll("\\p{Cntrl}", "?");
  }
}
