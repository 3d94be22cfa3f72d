package ru.elumenta.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;

/** The rows of a list that the documentation shows in two forms: bare, and as a member. */
final class Listing {
  private Listing() {}

  static List<JsonNode> rows(JsonNode listed) {
    List<JsonNode> rows = new ArrayList<>();
    if (listed.isArray()) {
      listed.forEach(rows::add);
      return rows;
    }
    for (JsonNode member : listed) {
      if (member.isArray()) {
        member.forEach(rows::add);
        return rows;
      }
    }
    return rows;
  }
}
