package ru.elumenta.client;

import java.io.StringWriter;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.logging.SimpleFormatter;

/** Writes down all that anybody logs; whoever listens has to remove it from the root logger. */
final class WrittenLog extends Handler {
  private final StringWriter log;

  private WrittenLog(StringWriter log) {
    this.log = log;
  }

  static Handler listen(StringWriter log) {
    Handler handler = new WrittenLog(log);
    handler.setLevel(Level.ALL);
    Logger.getLogger("").addHandler(handler);
    return handler;
  }

  @Override
  public void publish(LogRecord entry) {
    log.append(new SimpleFormatter().format(entry));
  }

  @Override
  public void flush() {}

  @Override
  public void close() {}
}
