package ru.elumenta.client.internal.codec;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.DeserializationContext;
import ru.elumenta.client.event.AnswerFinding;
import ru.elumenta.client.internal.transport.ReceivedBody;
import ru.elumenta.client.internal.transport.StrictUtf8Reader;

/**
 * Where findings go while an answer is read: to its body, through the reader that the parser reads
 * from. Feign's decoder has no other way to hand something in.
 */
final class Findings {
  private static final int LONGEST_PLACE = 200;

  private Findings() {}

  /** Returns the body that is being read; null if it is no answer of a call. */
  static ReceivedBody body(DeserializationContext context) {
    return context.getParser() != null
            && context.getParser().getInputSource() instanceof StrictUtf8Reader reader
        ? reader.body()
        : null;
  }

  static void add(JsonParser parser, DeserializationContext context, String problem) {
    ReceivedBody body = body(context);
    if (body != null && body.wantsFindings()) {
      body.found(new AnswerFinding(place(parser), problem));
    }
  }

  private static String place(JsonParser parser) {
    String pointer = parser.getParsingContext().pathAsPointer().toString();
    return pointer.length() <= LONGEST_PLACE ? pointer : pointer.substring(0, LONGEST_PLACE) + "…";
  }
}
