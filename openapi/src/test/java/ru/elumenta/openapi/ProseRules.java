package ru.elumenta.openapi;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map.Entry;
import java.util.Set;
import java.util.regex.Pattern;

/** What descriptions must not hold, because they become Javadoc. */
final class ProseRules {
  private static final Pattern UNSAFE = Pattern.compile("\\*/|[<>&{}@\\\\]");

  private ProseRules() {}

  static List<Rule> all() {
    return List.of(
        new Rule(
            "no description or summary breaks Javadoc",
            contract -> unsafe("", contract.document()),
            """
            paths: {/a: {get: {description: 'An `a` of *b*', parameters: [
              {name: b, description: Two.}, {name: c, description: At most <5.}]}}}
            """,
            "/paths//a/get/parameters/1/description: At most <5."));
  }

  private static List<String> unsafe(String place, JsonNode node) {
    List<String> findings = new ArrayList<>();
    for (Entry<String, JsonNode> member : node.properties()) {
      String here = place + "/" + member.getKey();
      if (isProse(member) && UNSAFE.matcher(member.getValue().textValue()).find()) {
        findings.add(here + ": " + member.getValue().textValue());
      }
      if (!isSampleData(member)) {
        findings.addAll(unsafe(here, member.getValue()));
      }
    }
    for (int index = 0; node.isArray() && index < node.size(); index++) {
      findings.addAll(unsafe(place + "/" + index, node.get(index)));
    }
    return findings;
  }

  private static boolean isProse(Entry<String, JsonNode> member) {
    return Set.of("description", "summary").contains(member.getKey())
        && member.getValue().isTextual();
  }

  private static boolean isSampleData(Entry<String, JsonNode> member) {
    return Set.of("value", "example").contains(member.getKey());
  }
}
