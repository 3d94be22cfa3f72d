package ru.elumenta.contract.validation;

import java.util.List;
import java.util.regex.Pattern;
import ru.elumenta.contract.exchange.RequestMessage;
import ru.elumenta.contract.exchange.Rule;

/**
 * Who needs credentials sends them, who takes none gets none. The library does not notice either.
 */
final class BearerRules {
  private static final String PLACE = "header Authorization";
  private static final String BEARER = "the word Bearer and one token";
  private static final Pattern FORM = Pattern.compile("(?i)bearer [A-Za-z0-9._~+/-]+=*");
  private static final Pattern SCHEME = Pattern.compile("[A-Za-z]{1,12} .*");

  private BearerRules() {}

  static void check(ContractOperation operation, RequestMessage request, FindingList findings) {
    List<String> values = request.headers().getOrDefault("Authorization", List.of());
    if (!operation.needsBearer()) {
      if (!values.isEmpty()) {
        findings.add(PLACE, Rule.BEARER_UNWANTED, "none", "credentials");
      }
    } else if (values.isEmpty()) {
      findings.add(PLACE, Rule.BEARER_MISSING, BEARER, "none");
    } else if (values.size() > 1) {
      findings.add(PLACE, Rule.BEARER_FORM, BEARER, values.size() + " headers");
    } else if (!FORM.matcher(values.get(0)).matches()) {
      String value = values.get(0);
      boolean isOther =
          SCHEME.matcher(value).matches() && !value.regionMatches(true, 0, "bearer", 0, 6);
      findings.add(
          PLACE,
          Rule.BEARER_FORM,
          BEARER,
          isOther ? "the scheme " + value.substring(0, value.indexOf(' ')) : "something else");
    }
  }
}
