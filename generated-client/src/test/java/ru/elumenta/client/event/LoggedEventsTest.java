package ru.elumenta.client.event;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.net.URI;
import java.time.Duration;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.slf4j.Logger;
import org.slf4j.event.KeyValuePair;
import org.slf4j.event.Level;
import org.slf4j.event.LoggingEvent;
import org.slf4j.helpers.MessageFormatter;
import org.slf4j.spi.DefaultLoggingEventBuilder;
import org.slf4j.spi.LoggingEventAware;
import ru.elumenta.client.model.GenerationId;
import ru.elumenta.client.model.GenerationStatus;
import ru.elumenta.error.CallInterruptedException;
import ru.elumenta.error.ElumentaException;
import ru.elumenta.error.ErrorContext;
import ru.elumenta.error.Execution;
import ru.elumenta.error.FailureReason;
import ru.elumenta.error.RateLimits;

/** What is written of each event: the sentence, and its facts as pairs. */
class LoggedEventsTest {
  private static final Duration SECOND = Duration.ofSeconds(1);
  private static final Optional<String> MODEL = Optional.of("dall-e-3");
  private static final GenerationId ID = GenerationId.of("7");
  private static final CallInfo CALL =
      new CallInfo(
          1,
          "createGeneration",
          "POST",
          "/generate",
          MODEL,
          URI.create("https://elumenta.ru/api/v2"));
  private static final ElumentaException STOPPED =
      new CallInterruptedException(
          ErrorContext.builder("POST", "/generate").execution(Execution.NOT_EXECUTED).build(),
          "before anything was sent",
          null);

  private final ConcurrentLinkedQueue<LoggingEvent> log = new ConcurrentLinkedQueue<>();
  private final CallListener listener = new Slf4jCallListener(keeping(log));

  /** A logger that keeps pairs apart, as those for structured logs do. */
  private static Logger keeping(Collection<LoggingEvent> log) {
    return (Logger)
        Proxy.newProxyInstance(
            LoggedEventsTest.class.getClassLoader(),
            new Class<?>[] {Logger.class, LoggingEventAware.class},
            (logger, method, arguments) -> {
              switch (method.getName()) {
                case "atLevel":
                  return new DefaultLoggingEventBuilder((Logger) logger, (Level) arguments[0]);
                case "log":
                  log.add((LoggingEvent) arguments[0]);
                  return null;
                default:
                  return true; // whatever is asked is enabled
              }
            });
  }

  /** The line of the only event: level, sentence, pairs. */
  private String line() {
    assertThat(log).hasSize(1);
    LoggingEvent event = log.remove();
    String sentence =
        MessageFormatter.arrayFormat(event.getMessage(), event.getArgumentArray()).getMessage();
    List<KeyValuePair> pairs =
        event.getKeyValuePairs() == null ? List.of() : event.getKeyValuePairs();
    return "%s %s %s"
        .formatted(
            event.getLevel(),
            sentence,
            pairs.stream()
                .map(pair -> pair.key.replace("elumenta.", "") + "=" + pair.value)
                .collect(Collectors.joining(" ", "[", "]")));
  }

  @Test
  void waitsOfACall() {
    listener.heldBack(CALL, new HeldBack(HeldBack.Reason.CALLS_AT_ONCE, SECOND));
    assertThat(line())
        .isEqualTo(
            "INFO #1 createGeneration dall-e-3 waits up to 1000 ms: CALLS_AT_ONCE"
                + " [call=1 operation=createGeneration model=dall-e-3 reason=CALLS_AT_ONCE"
                + " wait_ms=1000]");
  }

  @Test
  void theEndOfACall() {
    listener.callEnded(
        CALL, new CallEnd(SECOND, 2, CallEnd.Outcome.RECOVERED, Optional.of(ID), Optional.empty()));
    assertThat(line())
        .isEqualTo(
            "DEBUG #1 createGeneration dall-e-3 ended after 1000 ms, sent 2 times: RECOVERED"
                + " [call=1 operation=createGeneration model=dall-e-3 outcome=RECOVERED attempts=2"
                + " took_ms=1000 generation=7]");
  }

  @Test
  void aLookUp() {
    listener.lookUpStarted(CALL, STOPPED);
    assertThat(line()).startsWith("INFO #1 createGeneration dall-e-3 is looked for: ");
    listener.lookUpEnded(CALL, new LookUpEnd(SECOND, LookUpEnd.Finding.PERHAPS));
    assertThat(line())
        .isEqualTo(
            "INFO #1 createGeneration dall-e-3 was looked for 1000 ms: PERHAPS"
                + " [call=1 operation=createGeneration model=dall-e-3 finding=PERHAPS"
                + " took_ms=1000]");
  }

  @Test
  void aFailureAndWhyItWasTheLast() {
    listener.gaveUp(CALL, STOPPED, GiveUpReason.NOT_TRANSIENT);
    assertThat(line())
        .startsWith("WARN #1 createGeneration dall-e-3 failed, NOT_TRANSIENT: ")
        .endsWith(
            "[call=1 operation=createGeneration model=dall-e-3 reason=NOT_TRANSIENT"
                + " execution=NOT_EXECUTED]");
  }

  @Test
  void generationsAndWhatTheyCost() {
    listener.generationEnded(
        new GenerationEnd(Optional.of(ID), MODEL, Optional.of(FailureReason.CONTENT_POLICY)));
    assertThat(line())
        .isEqualTo(
            "WARN Generation 7 failed: CONTENT_POLICY"
                + " [model=dall-e-3 generation=7 reason=CONTENT_POLICY]");
    listener.generationEnded(new GenerationEnd(Optional.empty(), MODEL, Optional.empty()));
    assertThat(line()).isEqualTo("DEBUG Generation without id completed [model=dall-e-3]");
    listener.charged(new Charge(Optional.of(ID), MODEL, 40));
    assertThat(line())
        .isEqualTo(
            "INFO Generation 7 was charged 40 tokens [model=dall-e-3 generation=7 tokens=40]");
  }

  @Test
  void aWaitForAJob() {
    JobInfo job = new JobInfo(ID, MODEL);
    listener.jobStarted(job);
    assertThat(line()).isEqualTo("DEBUG 7 is waited for [model=dall-e-3 generation=7]");
    listener.pollEnded(
        job,
        Optional.of(
            new JobProgress(
                ID, GenerationStatus.PENDING, SECOND, OptionalLong.empty(), Optional.empty())));
    assertThat(line()).isEqualTo("DEBUG 7 is pending [generation=7]");
    listener.pollEnded(job, Optional.empty());
    assertThat(log).isEmpty();
    listener.jobEnded(
        job,
        new JobEnd(SECOND, 3, JobEnd.Outcome.CANCELLED, Optional.of(new Exception("A secret"))));
    assertThat(line())
        .isEqualTo(
            "WARN 7 was waited for 1000 ms, with 3 polls: CANCELLED: java.lang.Exception"
                + " [model=dall-e-3 generation=7 outcome=CANCELLED polls=3 took_ms=1000]");
  }

  @Test
  void aStream() {
    StreamInfo stream = new StreamInfo("/generate/stream", MODEL);
    listener.streamOpened(stream, SECOND);
    assertThat(line())
        .isEqualTo("DEBUG Stream dall-e-3 began after 1000 ms [model=dall-e-3 took_ms=1000]");
    listener.streamEnded(
        stream,
        new StreamEnd(
            SECOND,
            8,
            StreamEnd.Outcome.BROKEN,
            Optional.of(ID),
            OptionalLong.empty(),
            Optional.empty()));
    assertThat(line())
        .isEqualTo(
            "WARN Stream dall-e-3 ended after 1000 ms and 8 events: BROKEN"
                + " [model=dall-e-3 generation=7 outcome=BROKEN events=8 took_ms=1000]");
  }

  @Test
  void aDownload() {
    DownloadInfo download = new DownloadInfo("files.example");
    listener.downloadStarted(download);
    assertThat(line()).isEqualTo("DEBUG Download from files.example [host=files.example]");
    listener.downloadEnded(download, new DownloadEnd(SECOND, 5, 2, Optional.empty()));
    assertThat(line())
        .isEqualTo(
            "DEBUG Download from files.example ended after 1000 ms, 5 bytes and 2 requests"
                + " [host=files.example bytes=5 requests=2 took_ms=1000]");
  }

  @Test
  void theAccountAndItsModels() {
    RateLimits.Window hour =
        new RateLimits.Window(OptionalLong.of(100), OptionalLong.of(41), Optional.empty());
    RateLimits.Window day =
        new RateLimits.Window(OptionalLong.empty(), OptionalLong.empty(), Optional.empty());
    listener.rateLimits(new RateLimits(hour, day));
    assertThat(line())
        .isEqualTo("DEBUG Requests left: 41 in the hour, ? in the day [hour_remaining=41]");
    listener.breakerOpened("dall-e-3\nforged", Duration.ofSeconds(30));
    assertThat(line())
        .isEqualTo(
            "WARN dall-e-3?forged is left alone for 30 s [model=dall-e-3?forged wait_ms=30000]");
    listener.breakerClosed("dall-e-3");
    assertThat(line())
        .isEqualTo("INFO dall-e-3 is asked again: a trial was answered [model=dall-e-3]");
  }

  /** Beginnings whose ends are written. */
  @Test
  void eachEventIsWrittenButThoseWhoseEndIs() {
    List<String> written =
        Arrays.stream(Slf4jCallListener.class.getDeclaredMethods()).map(Method::getName).toList();
    assertThat(
            Arrays.stream(CallListener.class.getDeclaredMethods())
                .map(Method::getName)
                .filter(name -> !written.contains(name)))
        .containsExactlyInAnyOrder("callStarted", "pollStarted", "streamStarted");
  }
}
