package ru.elumenta.contract.validation;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.NullNode;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import ru.elumenta.contract.exchange.Rule;

/** Holds JSON against a schema of the contract. */
final class JsonRules {
  private JsonRules() {}

  /** Returns whether a value fits a schema in the eyes of a tolerant reader. */
  static boolean fits(JsonNode value, ContractSchema schema) {
    FindingList findings =
        new FindingList("", ru.elumenta.contract.exchange.Side.RESPONSE, Shown.nothing());
    check(value, schema, "", findings);
    return findings.all().stream().allMatch(each -> each.isTolerable());
  }

  /**
   * Adds what is wrong with a value.
   *
   * @param root the pointer to the value; empty if it is the whole body
   */
  static void check(JsonNode value, ContractSchema schema, String root, FindingList findings) {
    List<SchemaMessage> messages = messages(value, schema);
    Set<String> required = null;
    Set<String> ofWrongType = new TreeSet<>();
    messages.stream()
        .filter(each -> each.rule() == Rule.TYPE)
        .forEach(each -> ofWrongType.add(each.pointer()));
    for (SchemaMessage message : messages) {
      if (message.rule() == Rule.ENUM && ofWrongType.contains(message.pointer())) {
        continue; // said already
      }
      switch (message.rule()) {
        case REQUIRED -> findings.add(root + member(message), Rule.REQUIRED, "a member", "none");
        case UNKNOWN_MEMBER -> {
          String pointer = member(message);
          findings.addTolerable(
              root + pointer,
              Rule.UNKNOWN_MEMBER,
              "no such member",
              findings.shown().value(pointer, message.found(value).path(message.member())));
        }
        default -> {
          JsonNode found = message.found(value);
          boolean isNull = found instanceof NullNode && !message.pointer().isEmpty();
          if (isNull && required == null) {
            required = requiredIfAbsent(value, schema);
          }
          findings.add(
              place(root + message.pointer()),
              message.rule(),
              message.expected(),
              findings.shown().value(message.pointer(), found),
              isNull
                  ? isMember(message.pointer(), value) && !required.contains(message.pointer())
                  : message.rule() == Rule.ENUM);
        }
      }
    }
  }

  /** Null is as good as absent where absent is good: the contract says so of every member. */
  private static Set<String> requiredIfAbsent(JsonNode value, ContractSchema schema) {
    Set<String> pointers = new TreeSet<>();
    for (SchemaMessage message : messages(JsonText.withoutNullMembers(value), schema)) {
      if (message.rule() == Rule.REQUIRED) {
        pointers.add(member(message));
      }
    }
    return pointers;
  }

  private static boolean isMember(String pointer, JsonNode value) {
    return value.at(pointer.substring(0, pointer.lastIndexOf('/'))).isObject();
  }

  static List<SchemaMessage> messages(JsonNode value, ContractSchema schema) {
    return schema.isOfAnything() ? List.of() : SchemaMessage.of(schema.validate(value));
  }

  private static String member(SchemaMessage message) {
    return message.pointer() + "/" + message.member().replace("~", "~0").replace("/", "~1");
  }

  static String place(String pointer) {
    return pointer.isEmpty() ? "body" : pointer;
  }
}
