package ru.elumenta.contract;

import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import ru.elumenta.contract.exchange.Exchange;
import ru.elumenta.contract.exchange.RequestMessage;
import ru.elumenta.contract.exchange.ResponseMessage;

/** An exchange made of documented samples, to be changed in one place. */
final class SampleExchange {
  /** The key of every request here; marked, so that a leak is found. */
  static final String KEY = "nb_test_SECRETKEY0123456789abcdefghijklmnopqrst";

  private static final ObjectMapper JSON = new ObjectMapper();

  private final Map<String, List<String>> requestHeaders = new LinkedHashMap<>();
  private final Map<String, List<String>> responseHeaders = new LinkedHashMap<>();
  private String method;
  private String target;
  private byte[] requestBody;
  private int status;
  private byte[] responseBody;

  SampleExchange(String method, String target) {
    this.method = method;
    this.target = target;
    this.requestBody = new byte[0];
    this.responseBody = new byte[0];
    this.status = 200;
  }

  SampleExchange method(String method) {
    this.method = method;
    return this;
  }

  SampleExchange target(String target) {
    this.target = target;
    return this;
  }

  SampleExchange header(String name, String... values) {
    requestHeaders.put(name, List.of(values));
    return this;
  }

  SampleExchange withoutHeader(String name) {
    requestHeaders.remove(name);
    return this;
  }

  SampleExchange body(String text) {
    return body(text.getBytes(StandardCharsets.UTF_8));
  }

  SampleExchange body(byte[] bytes) {
    requestBody = bytes;
    return this;
  }

  /** Sets or, with null, takes out a member of the request. */
  SampleExchange member(String pointer, String json) {
    requestBody = edited(requestBody, pointer, json);
    return this;
  }

  SampleExchange status(int status) {
    this.status = status;
    return this;
  }

  SampleExchange answerHeader(String name, String... values) {
    responseHeaders.put(name, List.of(values));
    return this;
  }

  SampleExchange withoutAnswerHeader(String name) {
    responseHeaders.remove(name);
    return this;
  }

  SampleExchange answer(String text) {
    return answer(text.getBytes(StandardCharsets.UTF_8));
  }

  SampleExchange answer(byte[] bytes) {
    responseBody = bytes;
    return this;
  }

  /** Sets or, with null, takes out a member of the response. */
  SampleExchange answerMember(String pointer, String json) {
    responseBody = edited(responseBody, pointer, json);
    return this;
  }

  /** Replaces a part of the answer's text that is there. */
  SampleExchange answerText(String from, String to) {
    String text = new String(responseBody, StandardCharsets.UTF_8);
    if (!text.contains(from)) {
      throw new IllegalArgumentException("The sample has no " + from);
    }
    return answer(text.replace(from, to));
  }

  /** Replaces a part of the request's text that is there. */
  SampleExchange bodyText(String from, String to) {
    String text = new String(requestBody, StandardCharsets.UTF_8);
    if (!text.contains(from)) {
      throw new IllegalArgumentException("The sample has no " + from);
    }
    return body(text.replace(from, to));
  }

  Exchange build() {
    return Exchange.of(
        RequestMessage.of(method, target, requestHeaders, requestBody),
        ResponseMessage.of(status, responseHeaders, responseBody));
  }

  static byte[] bytes(JsonNode value) {
    try {
      return JSON.writeValueAsBytes(value);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }

  private static byte[] edited(byte[] body, String pointer, String json) {
    try {
      JsonNode root = JSON.readTree(new String(body, StandardCharsets.UTF_8));
      JsonPointer at = JsonPointer.compile(pointer);
      JsonNode parent = root.at(at.head());
      String name = at.last().getMatchingProperty();
      JsonNode value = json == null ? null : JSON.readTree(json);
      if (parent instanceof ArrayNode list) {
        list.set(Integer.parseInt(name), value);
      } else if (value == null && !parent.has(name)) {
        throw new IllegalArgumentException("The sample has no " + pointer);
      } else if (value == null) {
        ((ObjectNode) parent).remove(name);
      } else {
        ((ObjectNode) parent).set(name, value);
      }
      return bytes(root);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }
}
