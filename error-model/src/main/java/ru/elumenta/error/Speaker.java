package ru.elumenta.error;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import com.fasterxml.jackson.core.io.JsonEOFException;
import com.fasterxml.jackson.core.json.JsonReadFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.util.regex.Pattern;

/**
 * Who wrote the body of an error. The service answers in JSON, or with nothing at all; a page or
 * other text is that of a gateway, a proxy, a firewall, or a server that is not the service, and
 * its status says nothing about plans, balances or generations.
 */
enum Speaker {
  /** There is no body, so the status stands for itself. */
  NOBODY,
  /** JSON, be it cut off, too deep or of an unknown shape. */
  SERVICE,
  /** Anything else. */
  SOMEBODY_ELSE;

  private static final String BYTE_ORDER_MARK = "\uFEFF";

  /** How JSON begins that breaks off or is damaged further on. */
  private static final Pattern BEGIN_OF_OBJECT = Pattern.compile("\\s*+[{]\\s*+\"");

  private static final JsonMapper JSON =
      JsonMapper.builder().enable(JsonReadFeature.ALLOW_UNESCAPED_CONTROL_CHARS).build();

  static Speaker of(String text) {
    if (text == null || text.isBlank() || text.equals(BYTE_ORDER_MARK)) {
      return NOBODY;
    }
    String body = text.startsWith(BYTE_ORDER_MARK) ? text.substring(1) : text;
    return BEGIN_OF_OBJECT.matcher(body).lookingAt() || isJson(body) ? SERVICE : SOMEBODY_ELSE;
  }

  private static boolean isJson(String body) {
    try (JsonParser parser = JSON.createParser(body)) {
      JsonToken first = parser.nextToken();
      if (first == null) {
        return false; // nothing but white space of another alphabet
      }
      parser.skipChildren();
      // "404 page not found" begins with a number, which does not make it JSON
      return first.isStructStart() || parser.nextToken() == null;
    } catch (JsonEOFException | StreamConstraintsException cutOffOrTooMuch) {
      return true;
    } catch (JacksonException notJson) {
      return false;
    } catch (IOException | RuntimeException notText) {
      return false;
    }
  }
}
