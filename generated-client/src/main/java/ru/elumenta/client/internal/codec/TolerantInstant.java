package ru.elumenta.client.internal.codec;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.deser.std.StdDeserializer;
import com.fasterxml.jackson.datatype.jsr310.deser.InstantDeserializer;
import java.io.IOException;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.TemporalAccessor;

/**
 * Timestamps are documented as UTC with a {@code Z}. One without a zone is taken as UTC too, and
 * text that is no timestamp as absent: a paid result is not thrown away over it.
 */
final class TolerantInstant extends StdDeserializer<Instant> {
  TolerantInstant() {
    super(Instant.class);
  }

  @Override
  public Instant deserialize(JsonParser parser, DeserializationContext context) throws IOException {
    if (parser.currentToken() == JsonToken.VALUE_STRING) {
      try {
        TemporalAccessor time =
            DateTimeFormatter.ISO_DATE_TIME.parseBest(
                parser.getText().strip(), OffsetDateTime::from, LocalDateTime::from);
        return time instanceof LocalDateTime noZone
            ? noZone.toInstant(ZoneOffset.UTC)
            : Instant.from(time);
      } catch (DateTimeException unreadable) {
        return null;
      }
    }
    return InstantDeserializer.INSTANT.deserialize(parser, context);
  }
}
