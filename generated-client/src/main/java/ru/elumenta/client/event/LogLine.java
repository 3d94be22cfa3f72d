package ru.elumenta.client.event;

import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.event.Level;
import org.slf4j.spi.DefaultLoggingEventBuilder;
import org.slf4j.spi.LoggingEventAware;
import org.slf4j.spi.LoggingEventBuilder;

/**
 * One line of a log: a sentence for people, and the same as key-value pairs for a log that keeps
 * them apart. A log that does not would only write them before the sentence, so it gets none.
 */
final class LogLine {
  private final LoggingEventBuilder event;
  private final boolean hasPairs;

  private LogLine(LoggingEventBuilder event, boolean hasPairs) {
    this.event = event;
    this.hasPairs = hasPairs;
  }

  static LogLine at(Level level, Logger log) {
    LoggingEventBuilder event = log.atLevel(level);
    boolean keepsPairs =
        log instanceof LoggingEventAware || event.getClass() != DefaultLoggingEventBuilder.class;
    return new LogLine(event, keepsPairs);
  }

  LogLine of(CallInfo call) {
    return with("call", call.number()).with("operation", call.operation()).of(call.model());
  }

  LogLine of(Optional<String> model) {
    return with("model", model.map(LogLine::oneLine).orElse(null));
  }

  /** Adds a pair, unless there is no value. */
  LogLine with(String key, @Nullable Object value) {
    if (hasPairs && value != null) {
      event.addKeyValue("elumenta." + key, value);
    }
    return this;
  }

  void says(String sentence, Object... values) {
    event.log(sentence, values);
  }

  /** What others wrote must not begin lines of its own. */
  static String oneLine(String text) {
    return text.replaceAll("\\p{Cntrl}", "?");
  }
}
