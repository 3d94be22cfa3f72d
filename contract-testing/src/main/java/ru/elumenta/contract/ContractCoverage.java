package ru.elumenta.contract;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.BinaryOperator;
import java.util.function.Function;
import ru.elumenta.contract.exchange.Finding;
import ru.elumenta.contract.exchange.Rule;
import ru.elumenta.contract.exchange.Side;

/**
 * How much of the contract tests have met, and what came of it. Immutable; coverages of several
 * modules or runs are added with {@link #plus}. Shows no secrets, as {@link Finding} does not.
 *
 * @param operations all of the contract, in its order
 * @param faults which faults requests met, by operation
 * @param deviations what did not obey the contract, by kind
 * @param charges what the simulated service was paid
 * @param tests how many tests passed and failed
 * @param slowest the ten tests that took longest, the slowest first
 */
public record ContractCoverage(
    @JsonProperty("operations") List<Operation> operations,
    @JsonProperty("faults") List<MetFault> faults,
    @JsonProperty("deviations") List<Deviation> deviations,
    @JsonProperty("charges") Charges charges,
    @JsonProperty("tests") Tests tests,
    @JsonProperty("slowest") List<SlowTest> slowest) {
  private static final int MOST_SLOW = 10;

  /**
   * An operation.
   *
   * @param answers how often each status was answered, documented ones first; 0 if never
   * @param undocumented the statuses among them that the contract does not have
   */
  public record Operation(
      @JsonProperty("id") String id,
      @JsonProperty("method") String method,
      @JsonProperty("path") String path,
      @JsonProperty("requests") long requests,
      @JsonProperty("answers") Map<String, Long> answers,
      @JsonProperty("undocumented") List<String> undocumented) {
    private Operation plus(Operation other) {
      Map<String, Long> sum = new LinkedHashMap<>(answers);
      other.answers.forEach((status, count) -> sum.merge(status, count, Long::sum));
      List<String> all = new ArrayList<>(undocumented);
      other.undocumented.stream().filter(status -> !all.contains(status)).forEach(all::add);
      return new Operation(id, method, path, requests + other.requests, sum, all);
    }
  }

  /**
   * A fault that requests met.
   *
   * @param met how many did
   * @param survived how many of them in a test that passed
   */
  public record MetFault(
      @JsonProperty("operation") String operation,
      @JsonProperty("fault") String fault,
      @JsonProperty("met") long met,
      @JsonProperty("survived") long survived) {
    private MetFault plus(MetFault other) {
      return new MetFault(operation, fault, met + other.met, survived + other.survived);
    }
  }

  /** A finding and how often its like was made. */
  public record Deviation(
      @JsonProperty("operation") String operation,
      @JsonProperty("side") Side side,
      @JsonProperty("place") String place,
      @JsonProperty("rule") Rule rule,
      @JsonProperty("expected") String expected,
      @JsonProperty("found") String found,
      @JsonProperty("count") long count) {
    private Deviation plus(Deviation other) {
      return new Deviation(operation, side, place, rule, expected, found, count + other.count);
    }
  }

  /** What was paid: generations, their tokens, and how many were paid for twice. */
  public record Charges(
      @JsonProperty("generations") long generations,
      @JsonProperty("tokens") long tokens,
      @JsonProperty("twice") long twice) {
    private Charges plus(Charges other) {
      return new Charges(
          generations + other.generations, tokens + other.tokens, twice + other.twice);
    }
  }

  /** How many tests used a simulator. */
  public record Tests(@JsonProperty("passed") long passed, @JsonProperty("failed") long failed) {
    private Tests plus(Tests other) {
      return new Tests(passed + other.passed, failed + other.failed);
    }
  }

  /** A test, how long it took, in milliseconds, and how many requests it made. */
  public record SlowTest(
      @JsonProperty("test") String test,
      @JsonProperty("millis") long millis,
      @JsonProperty("requests") long requests) {}

  /** Copies the lists. */
  public ContractCoverage {
    operations = List.copyOf(operations);
    faults = List.copyOf(faults);
    deviations = List.copyOf(deviations);
    slowest = List.copyOf(slowest);
  }

  /** Returns the coverage of both. */
  public ContractCoverage plus(ContractCoverage other) {
    List<SlowTest> slow = new ArrayList<>(slowest);
    slow.addAll(other.slowest);
    slow.sort(Comparator.comparingLong(SlowTest::millis).reversed());
    return new ContractCoverage(
        sum(operations, other.operations, Operation::id, Operation::plus, new LinkedHashMap<>()),
        sum(
            faults,
            other.faults,
            each -> each.operation() + " " + each.fault(),
            MetFault::plus,
            new TreeMap<>()),
        sum(
            deviations,
            other.deviations,
            each ->
                String.join(
                    " ", each.operation(), each.side().name(), each.place(), each.rule().name()),
            Deviation::plus,
            new TreeMap<>()),
        charges.plus(other.charges),
        tests.plus(other.tests),
        slow.subList(0, Math.min(MOST_SLOW, slow.size())));
  }

  private static <T> List<T> sum(
      List<T> some,
      List<T> others,
      Function<T, String> key,
      BinaryOperator<T> plus,
      Map<String, T> sums) {
    some.forEach(each -> sums.merge(key.apply(each), each, plus));
    others.forEach(each -> sums.merge(key.apply(each), each, plus));
    return List.copyOf(sums.values());
  }

  /** Returns how many pairs of an operation and a documented status there are. */
  public long documented() {
    return operations.stream()
        .mapToLong(each -> each.answers().size() - each.undocumented().size())
        .sum();
  }

  /** Returns how many pairs of an operation and a documented status were met. */
  public long met() {
    return operations.stream()
        .mapToLong(
            each ->
                each.answers().entrySet().stream()
                    .filter(answer -> answer.getValue() > 0)
                    .filter(answer -> !each.undocumented().contains(answer.getKey()))
                    .count())
        .sum();
  }
}
