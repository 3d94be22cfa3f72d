package ru.elumenta.contract.simulator;

import static java.time.format.DateTimeFormatter.RFC_1123_DATE_TIME;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import ru.elumenta.client.options.TimeSource;
import ru.elumenta.contract.exchange.Exchange;
import ru.elumenta.contract.exchange.RequestMessage;
import ru.elumenta.contract.exchange.ResponseMessage;
import ru.elumenta.contract.scenario.Dialect;
import ru.elumenta.contract.scenario.Fault;
import ru.elumenta.contract.scenario.Fault.Phase;
import ru.elumenta.contract.scenario.Plan;
import ru.elumenta.contract.validation.ExchangeCheck;

/**
 * The documented service without a network: takes requests one by one, keeps what they change, and
 * remembers what was asked and answered. Thread-safe.
 */
public final class SimulatedService {
  private final TimeSource time;
  private final ArmedFaults faults = new ArmedFaults();
  private final Memory memory = new Memory();
  private final Waits waits = new Waits();
  private final State state;
  private final Account owner;
  private final OperationTable operations;
  private final ResultFiles files;
  private Duration skew = Duration.ZERO;

  /**
   * Creates a service with one user, who has an API key.
   *
   * @param email of the user
   */
  public SimulatedService(
      TimeSource time,
      long seed,
      Dialect dialect,
      Plan plan,
      long balance,
      String email,
      String password) {
    this.time = time;
    this.state = new State(seed, dialect);
    this.owner = state.newAccount(email, password, time.now());
    this.owner.plan = plan;
    this.owner.balance = balance;
    this.operations = new OperationTable(state);
    this.files = new ResultFiles(state);
  }

  /**
   * An answer on its way.
   *
   * @param fault what happens to it on the wire, or null
   */
  public record Sent(ResponseMessage response, Fault fault) {}

  /**
   * A request and what was answered, before anything happened to that on the wire.
   *
   * @param number from 1 on
   * @param time by the service's clock
   * @param operation the operationId
   * @param fault what was armed for it
   */
  public record Seen(
      long number, Instant time, String operation, Exchange exchange, Optional<Fault> fault) {}

  /** Answers what is no request; nothing happens. */
  public synchronized ResponseMessage refuse(String why) {
    memory.keepUnreadable(why);
    return message(refused(Refusal.badRequest(why)), time.now());
  }

  /** Answers a request. Does not throw. */
  public synchronized Sent answer(RequestMessage asSent) {
    try {
      return answerPlain(PlainBody.of(asSent), null);
    } catch (Refusal e) {
      return answerPlain(asSent, e);
    }
  }

  private Sent answerPlain(RequestMessage request, Refusal refusal) {
    Instant now = time.now();
    String path = request.path();
    if (!path.startsWith(ExchangeCheck.BASE_PATH + "/")) {
      return new Sent(message(files.file(path, now, range(request)), now), null);
    }
    Optional<Operations.Match> match =
        Operations.of(request.method(), path.substring(ExchangeCheck.BASE_PATH.length()));
    String operation = match.map(Operations.Match::operation).orElse("no operation");
    Fault fault = faults.next(operation, request).orElse(null);
    Answer answer = answer(request, match, refusal, fault, now);
    waits.saw(operation, request, answer, now);
    ResponseMessage response = message(answer, now);
    memory.keep(
        new Seen(
            memory.nextNumber(),
            now,
            operation,
            Exchange.of(request, response),
            Optional.ofNullable(fault)));
    return new Sent(response, fault);
  }

  private static String range(RequestMessage request) {
    return request.headers().getOrDefault("Range", List.of("")).get(0);
  }

  private Answer answer(
      RequestMessage request,
      Optional<Operations.Match> match,
      Refusal refusal,
      Fault fault,
      Instant now) {
    Account account = null;
    Answer answer;
    Fault before = part(fault, Phase.BEFORE_PROCESSING);
    if (before != null) {
      match.ifPresent(found -> othersDoTheSame(request, found, fault, now));
      return ToldAnswer.spoiled(null, before);
    }
    try {
      Operations.Match found = match.orElseThrow(Refusal::notFound);
      if (Operations.takesCredentials(found.operation())) {
        String authorization = request.headers().getOrDefault("Authorization", List.of("")).get(0);
        account = state.tokens.accountOf(authorization, now);
      }
      if (refusal != null) {
        throw refusal;
      }
      Call call = new Call(request, found.operation(), found.variables(), account, fault, now);
      operations.othersDoTheSame(call);
      answer = ToldAnswer.of(operations.perform(call), fault);
    } catch (Refusal e) {
      answer = refused(e);
    } catch (RuntimeException e) {
      answer = refused(Refusal.badRequest("The request was not foreseen: " + e));
    }
    Account asked = account == null ? owner : account;
    for (Map.Entry<String, String> header : asked.windows.headers(asked.plan, now).entrySet()) {
      answer = answer.with(header.getKey(), header.getValue());
    }
    Fault after = part(fault, Phase.AFTER_PROCESSING);
    return after == null ? answer : ToldAnswer.spoiled(answer, after);
  }

  private static Answer refused(Refusal refusal) {
    return Answer.json(refusal.status(), refusal.envelope(), refusal.headers());
  }

  private static Fault part(Fault fault, Phase phase) {
    List<Fault> parts = fault == null ? List.of() : fault.parts();
    return parts.stream().filter(part -> part.phase() == phase).findFirst().orElse(null);
  }

  /** The request itself is not looked at, but the others do not know that. */
  private void othersDoTheSame(
      RequestMessage request, Operations.Match found, Fault fault, Instant now) {
    operations.othersDoTheSame(
        new Call(request, found.operation(), found.variables(), owner, fault, now));
  }

  private ResponseMessage message(Answer answer, Instant now) {
    Map<String, List<String>> headers = new LinkedHashMap<>();
    headers.put(
        "Date",
        List.of(
            RFC_1123_DATE_TIME.format(ZonedDateTime.ofInstant(now.plus(skew), ZoneOffset.UTC))));
    if (answer.contentType() != null) {
      headers.put("Content-Type", List.of(answer.contentType()));
    }
    answer.headers().forEach((name, value) -> headers.put(name, List.of(value)));
    return ResponseMessage.of(answer.status(), headers, answer.body());
  }

  /** Sets where result files are fetched from, without a slash at the end. */
  public synchronized void filesAt(String url) {
    state.filesAt(url);
  }

  /** Returns what can be armed against requests. */
  public ArmedFaults faults() {
    return faults;
  }

  /** Makes another API key of the first user. */
  public synchronized String newKey() {
    return state
        .tokens
        .newKey(owner, "simulated", time.now().truncatedTo(ChronoUnit.SECONDS))
        .key();
  }

  /** Sets the balance of the first user. */
  public synchronized void balance(long tokens) {
    owner.balance = tokens;
  }

  /** Returns the balance of the first user. */
  public synchronized long balance() {
    return owner.balance;
  }

  /** Sets the plan of the first user. */
  public synchronized void plan(Plan plan) {
    owner.plan = plan;
  }

  /** Leaves the first user no request in this hour. */
  public synchronized void exhaustHour() {
    owner.windows.exhaustHour(owner.plan, time.now());
  }

  /** Ends the lifetime of every access token there is. */
  public synchronized void expireAccessTokens() {
    state.tokens.expireAccess(time.now());
  }

  /** Makes the Date header wrong by so much. */
  public synchronized void skew(Duration skew) {
    this.skew = skew;
  }

  /** Returns how many requests came, of one operation or of all. */
  public synchronized long requests(String operation) {
    return memory.requests(operation);
  }

  /** Returns how many generations were begun. */
  public synchronized int generations() {
    return state.begun();
  }

  /** Returns what was charged in all. */
  public synchronized long charged() {
    return state.ledger.tokens();
  }

  /** Returns how many generations were charged. */
  public synchronized int charges() {
    return state.ledger.count();
  }

  /**
   * Returns how many charges were for a request that had been charged without the caller's knowing.
   */
  public synchronized int doubleCharges() {
    return state.ledger.doubleCharges();
  }

  /** Returns what was charged, the oldest first. */
  public synchronized List<Charge> chargeList() {
    return state.ledger.charges();
  }

  /** Returns how the first user is doing. */
  public synchronized Overview overview() {
    Instant now = time.now();
    return new Overview(
        now,
        owner.plan,
        owner.balance,
        state.begun(),
        state.ledger.count(),
        state.ledger.tokens(),
        state.ledger.doubleCharges(),
        waits.early(),
        owner.windows.overview(owner.plan, now),
        state.jobs(owner, now));
  }

  /** Returns how many requests came before an announced wait was over. */
  public synchronized int earlyRequests() {
    return waits.early();
  }

  /** Returns why the latest requests were refused that were none, at most 1,000. */
  public synchronized List<String> unreadable() {
    return memory.unreadable();
  }

  /** Returns the latest requests and their answers, at most 10,000. */
  public synchronized List<Seen> seen() {
    return memory.seen();
  }
}
