package ru.elumenta.contract.validation;

import io.swagger.v3.oas.models.Operation;
import io.swagger.v3.oas.models.media.Content;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * An operation of the contract.
 *
 * @param id its operationId
 * @param template its path, with parameters in braces
 * @param spec its description, references followed in what is asked here
 */
record ContractOperation(
    String id, String method, String template, Operation spec, boolean needsBearer) {

  boolean takesBody() {
    return spec.getRequestBody() != null;
  }

  boolean needsBody() {
    return takesBody() && Boolean.TRUE.equals(spec.getRequestBody().getRequired());
  }

  Content requestContent() {
    return orEmpty(takesBody() ? spec.getRequestBody().getContent() : null);
  }

  boolean answers(int status) {
    return spec.getResponses().containsKey(String.valueOf(status));
  }

  List<String> statuses() {
    return List.copyOf(spec.getResponses().keySet());
  }

  /** What may be answered with a status that the operation has; empty where that is not stated. */
  Content responseContent(int status) {
    return orEmpty(spec.getResponses().get(String.valueOf(status)).getContent());
  }

  private static Content orEmpty(Content content) {
    return content == null ? new Content() : content;
  }

  /** Returns the value of each path parameter, escaped as it came. */
  Map<String, String> pathParameters(String path) {
    List<String> names = segments(template);
    List<String> values = segments(path);
    Map<String, String> parameters = new LinkedHashMap<>();
    for (int i = 0; i < names.size(); i++) {
      if (isParameter(names.get(i))) {
        parameters.put(names.get(i).substring(1, names.get(i).length() - 1), values.get(i));
      }
    }
    return parameters;
  }

  /** How many parts of a path are given literally by this operation's; empty if it has others. */
  Optional<Integer> literalParts(String path) {
    List<String> mine = segments(template);
    List<String> given = segments(path);
    if (mine.size() != given.size()) {
      return Optional.empty();
    }
    int literal = 0;
    for (int i = 0; i < mine.size(); i++) {
      if (mine.get(i).equals(given.get(i))) {
        literal++;
      } else if (!isParameter(mine.get(i)) || given.get(i).isEmpty()) {
        return Optional.empty();
      }
    }
    return Optional.of(literal);
  }

  private static boolean isParameter(String segment) {
    return segment.startsWith("{") && segment.endsWith("}");
  }

  private static List<String> segments(String path) {
    return new ArrayList<>(List.of(path.split("/", -1)));
  }
}
