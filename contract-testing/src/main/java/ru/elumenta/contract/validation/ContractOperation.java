package ru.elumenta.contract.validation;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * An operation of the contract. Contents are schemas by their media type.
 *
 * @param id its operationId
 * @param template its path, with parameters in braces
 * @param parameters those of the path and of the query
 * @param responses what is answered, by status as text
 */
record ContractOperation(
    String id,
    String method,
    String template,
    List<Parameter> parameters,
    boolean takesBody,
    boolean needsBody,
    Map<String, ContractSchema> requestContent,
    Map<String, Map<String, ContractSchema>> responses,
    boolean needsBearer) {

  /**
   * A parameter.
   *
   * @param in path, query, header or cookie
   * @param isExploded whether each value of a list is given by itself
   */
  record Parameter(
      String name,
      String in,
      boolean isRequired,
      boolean mayBeEmpty,
      boolean isExploded,
      ContractSchema schema) {}

  boolean answers(int status) {
    return responses.containsKey(String.valueOf(status));
  }

  List<String> statuses() {
    return List.copyOf(responses.keySet());
  }

  /** What may be answered with a status that the operation has; empty where that is not stated. */
  Map<String, ContractSchema> responseContent(int status) {
    return responses.get(String.valueOf(status));
  }

  /** Returns the value of each path parameter, escaped as it came. */
  Map<String, String> pathParameters(String path) {
    List<String> names = segments(template);
    List<String> values = segments(path);
    Map<String, String> found = new LinkedHashMap<>();
    for (int i = 0; i < names.size(); i++) {
      if (isParameter(names.get(i))) {
        found.put(names.get(i).substring(1, names.get(i).length() - 1), values.get(i));
      }
    }
    return found;
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
