package ru.elumenta.contract;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import ru.elumenta.contract.exchange.Exchange;
import ru.elumenta.contract.exchange.Finding;
import ru.elumenta.contract.exchange.RequestMessage;
import ru.elumenta.contract.exchange.Rule;

/** Takes the entries of a recording one by one and keeps of them what a report needs. */
final class RecordedTraffic {
  private static final int MOST_LISTED = 1_000;
  private static final Pattern URL =
      Pattern.compile("(?i)https?://(?:[^/?#@]*@)?(\\[[^\\]]*\\]|[^/?#:]*)(?::\\d*)?([^#]*).*");

  private final ContractValidator validator;
  private final String basePath;
  private final Set<String> hosts;
  private final List<Finding> first = new ArrayList<>();
  private final List<Finding> firstWithoutMissing = new ArrayList<>();
  private final Map<String, Long> exchanges = new TreeMap<>();
  private final Map<ContractReport.Kind, ContractReport.Tally> tallies = new TreeMap<>();
  private long checked;
  private long ofOthers;
  private long unreadable;
  private long bodiesMissing;
  private boolean areCredentialsRecorded;

  /**
   * Creates an empty one.
   *
   * @param hosts in small letters
   */
  RecordedTraffic(ContractValidator validator, String basePath, Set<String> hosts) {
    this.validator = validator;
    this.basePath = basePath;
    this.hosts = hosts;
  }

  /** Returns whether a recorded request is a call of the service. */
  boolean isOfService(JsonNode request) {
    Matcher url = URL.matcher(request.path("url").asText(""));
    if (!url.matches() || request.path("method").asText("").equalsIgnoreCase("OPTIONS")) {
      return false;
    }
    String host = url.group(1).toLowerCase(Locale.ROOT);
    return hosts.contains(host) && isBelowBasePath(url.group(2));
  }

  boolean isBelowBasePath(String target) {
    return target.startsWith(basePath + "/") || basePath.isEmpty();
  }

  void addOfOthers() {
    ofOthers++;
  }

  void addUnreadable() {
    unreadable++;
  }

  /** Holds an exchange against the contract. */
  void add(Exchange exchange) {
    RequestMessage request = exchange.request();
    checked++;
    areCredentialsRecorded |= request.headers().containsKey("Authorization");
    bodiesMissing += request.isWhole() ? 0 : 1;
    bodiesMissing += exchange.response().map(each -> each.isWhole() ? 0 : 1).orElse(0);
    exchanges.merge(validator.operationOf(request).orElse(Finding.NO_OPERATION), 1L, Long::sum);
    for (Finding finding : validator.check(exchange)) {
      list(first, finding);
      if (finding.rule() != Rule.BEARER_MISSING) {
        list(firstWithoutMissing, finding);
      }
      tallies.merge(
          ContractReport.Kind.of(finding),
          new ContractReport.Tally(finding, 1),
          (known, next) -> known.oneMore());
    }
  }

  private static void list(List<Finding> list, Finding finding) {
    if (list.size() < MOST_LISTED) {
      list.add(finding);
    }
  }

  HarReport report() {
    if (!areCredentialsRecorded) {
      tallies.keySet().removeIf(kind -> kind.rule() == Rule.BEARER_MISSING);
    }
    return new HarReport(
        areCredentialsRecorded ? first : firstWithoutMissing,
        checked,
        ofOthers,
        unreadable,
        bodiesMissing,
        areCredentialsRecorded,
        new ContractReport(exchanges, tallies.values(), unreadable));
  }

  /** Adds an entry, or counts it if it cannot be made one of. */
  void add(Optional<Exchange> exchange) {
    exchange.ifPresentOrElse(this::add, this::addUnreadable);
  }
}
