package ru.elumenta.contract.simulator;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import ru.elumenta.contract.scenario.Dialect;
import ru.elumenta.contract.scenario.Fault;

/** What the service knows. Guarded by the service. */
final class State {
  private static final long FIRST_GENERATION = 18_473;
  private static final long SHORTEST_JOB_SECONDS = 20;
  private static final int JOB_SPREAD_SECONDS = 100;

  final Map<String, Account> accounts = new LinkedHashMap<>(); // by e-mail
  final List<Map<String, Object>> assistants = new ArrayList<>();
  final Ledger ledger = new Ledger();
  final Tokens tokens;
  private final Map<Long, SimulatedGeneration> generations = new LinkedHashMap<>();
  private final Random random;
  private final Dialect dialect;
  private String files = "";
  private long lastGeneration = FIRST_GENERATION - 1;
  private int begun;

  State(long seed, Dialect dialect) {
    this.random = new Random(seed);
    this.tokens = new Tokens(random);
    this.dialect = dialect;
  }

  Dialect dialect() {
    return dialect;
  }

  void filesAt(String url) {
    files = url;
  }

  String files() {
    return files;
  }

  int begun() {
    return begun;
  }

  Duration jobDuration() {
    return Duration.ofSeconds(SHORTEST_JOB_SECONDS + random.nextInt(JOB_SPREAD_SECONDS));
  }

  /** Begins a generation, and charges it unless it is to fail. */
  SimulatedGeneration begin(
      Call call,
      SimulatedModel model,
      String input,
      long price,
      String error,
      Duration takes,
      String text,
      Map<String, Object> options) {
    SimulatedGeneration made =
        new SimulatedGeneration(
            ++lastGeneration,
            call.account(),
            model,
            input,
            price,
            call.now(),
            takes,
            error,
            text,
            options);
    call.told("lateRows")
        .ifPresent(late -> made.shownFrom = call.now().plus(RowChanges.duration(late, "time")));
    generations.put(made.number, made);
    begun++;
    if (error == null) {
      call.account().charge(price);
      Fault fault = call.fault();
      ledger.add(
          made.id(dialect).toString(),
          model.slug(),
          input,
          price,
          fault != null && fault.hidesTheOutcome());
    }
    return made;
  }

  /** Somebody else who shares the account begins a generation, and pays from its balance. */
  void beginForOthers(
      Account account,
      SimulatedModel model,
      String input,
      Instant createdAt,
      Map<String, Object> options) {
    long price = model.price(options);
    Duration takes = model.isAnsweredLater() ? jobDuration() : Duration.ZERO;
    String text = Generating.text(model, input);
    SimulatedGeneration made =
        new SimulatedGeneration(
            ++lastGeneration, account, model, input, price, createdAt, takes, null, text, options);
    generations.put(made.number, made);
    account.balance = Math.max(0, account.balance - price);
  }

  List<SimulatedGeneration> generationsOf(Account account) {
    List<SimulatedGeneration> rows = new ArrayList<>();
    for (SimulatedGeneration each : generations.values()) {
      if (each.account == account) {
        rows.add(0, each);
      }
    }
    return rows;
  }

  /** What is under way for an account, the newest first. */
  List<Overview.Job> jobs(Account account, Instant now) {
    return generationsOf(account).stream()
        .filter(each -> !each.isFinished(now))
        .map(
            each ->
                new Overview.Job(
                    each.id(dialect).toString(),
                    each.model.slug(),
                    each.prompt,
                    each.percent(now),
                    each.createdAt.plus(each.takes)))
        .toList();
  }

  /** The generation that a path names, in either dialect. */
  SimulatedGeneration generation(Call call) {
    String id = call.variable().replaceFirst("^gen_0*", "");
    SimulatedGeneration found =
        id.matches("\\d{1,18}") ? generations.get(Long.parseLong(id)) : null;
    if (found == null || found.account != call.account()) {
      throw Refusal.notFound();
    }
    return found;
  }

  SimulatedGeneration generation(long number) {
    return generations.get(number);
  }

  void delete(SimulatedGeneration generation) {
    generations.remove(generation.number);
  }

  Account newAccount(String email, String password, Instant now) {
    Account account = new Account(1042L + accounts.size(), email, password, now);
    accounts.put(email, account);
    return account;
  }
}
