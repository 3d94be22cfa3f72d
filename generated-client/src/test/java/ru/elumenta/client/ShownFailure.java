package ru.elumenta.client;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.stream.Stream;
import ru.elumenta.error.ElumentaException;

/** All that somebody can get to see of a failure. */
final class ShownFailure {
  private ShownFailure() {}

  /** Stack trace with causes and suppressed exceptions, and everything the contexts show. */
  static String of(Throwable thrown) {
    StringWriter text = new StringWriter();
    thrown.printStackTrace(new PrintWriter(text, true));
    everyOf(thrown)
        .filter(ElumentaException.class::isInstance)
        .map(e -> ((ElumentaException) e).context())
        .forEach(
            context ->
                text.append(context.toString())
                    .append(context.headers().toString())
                    .append(context.details().toString())
                    .append(context.rawBody().orElse(""))
                    .append(context.serverMessage().orElse("")));
    return text.toString();
  }

  private static Stream<Throwable> everyOf(Throwable thrown) {
    return thrown == null
        ? Stream.empty()
        : Stream.of(
                Stream.of(thrown),
                everyOf(thrown.getCause()),
                Stream.of(thrown.getSuppressed()).flatMap(ShownFailure::everyOf))
            .flatMap(each -> each);
  }
}
