package ru.elumenta.contract.validation;

import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Whether a request accepts what is answered, see RFC 9110, section 12.5.1. */
final class AcceptRules {
  private static final String TOKEN = "[A-Za-z0-9!#$&^_.+-]{1,100}";
  private static final Pattern RANGE =
      Pattern.compile("(\\*/\\*|(" + TOKEN + ")/(\\*|" + TOKEN + "))((?:\\s*;.*)?)");
  private static final Pattern REFUSED =
      Pattern.compile("(?i);\\s*q\\s*=\\s*0(\\.0{0,3})?\\s*(;|$)");

  private AcceptRules() {}

  /** Returns whether one of the types is answered; who accepts nothing in particular takes all. */
  static boolean isAnswered(List<String> accept, ContractOperation operation) {
    Set<String> answered =
        operation.responses().values().stream()
            .flatMap(content -> content.keySet().stream())
            .map(type -> type.toLowerCase(Locale.ROOT))
            .collect(Collectors.toSet());
    if (accept.isEmpty() || answered.isEmpty()) {
      return true;
    }
    for (String value : accept) {
      for (String range : value.split(",")) {
        Matcher matcher = RANGE.matcher(range.strip());
        if (matcher.matches()
            && !REFUSED.matcher(matcher.group(4)).find()
            && answered.stream().anyMatch(type -> isWithin(type, matcher))) {
          return true;
        }
      }
    }
    return false;
  }

  private static boolean isWithin(String type, Matcher range) {
    String main = range.group(2);
    return main == null
        || (range.group(3).equals("*")
            ? type.startsWith(main.toLowerCase(Locale.ROOT) + "/")
            : type.equals(range.group(1).toLowerCase(Locale.ROOT)));
  }
}
