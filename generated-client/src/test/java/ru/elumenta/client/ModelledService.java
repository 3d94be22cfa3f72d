package ru.elumenta.client;

import com.fasterxml.jackson.databind.json.JsonMapper;
import feign.Client;
import feign.Request;
import feign.Response;
import java.io.IOException;
import java.net.ConnectException;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.net.http.HttpTimeoutException;
import java.nio.channels.ClosedByInterruptException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import ru.elumenta.client.CallOnRecord.Operation;
import ru.elumenta.client.CallOnRecord.Sent;

/**
 * The service and the network before it, in memory: it makes generations and charges for them,
 * shows them in its history, and lets a schedule of faults decide what the client gets to know.
 */
final class ModelledService implements Client {
  /** What goes on beside a request: other calls, an interrupt, a client that is closed. */
  interface Surroundings {
    CallOnRecord callUnderWay();

    void begun(Sent request);

    void meanwhile(Sent request);
  }

  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final Duration BEFORE_THE_FIRST_CALL = Duration.ofSeconds(10);

  private final FaultSchedule schedule;
  private final ModelledTime time;
  private final Surroundings surroundings;
  private final ModelledAnswers answers;
  private final List<ModelledGeneration> generations = new ArrayList<>();
  private long balance;

  ModelledService(FaultSchedule schedule, ModelledTime time, Surroundings surroundings) {
    this.schedule = schedule;
    this.time = time;
    this.surroundings = surroundings;
    this.answers = new ModelledAnswers(schedule, time);
    this.balance = schedule.balance;
  }

  /** What other processes made, long before and beside the calls; before also the same prompts. */
  void hasMade(List<String> samePrompts) {
    for (String prompt : samePrompts) {
      Duration age = BEFORE_THE_FIRST_CALL.plus(schedule.portionOf(Duration.ofMinutes(12)));
      add(null, prompt, age.negated(), Duration.ZERO);
    }
    int others = schedule.rowsOfStrangers();
    for (int i = 0; i < others; i++) {
      add(null, "A stranger's " + i, schedule.momentOfAStranger(), Duration.ZERO);
    }
  }

  long charged() {
    return schedule.balance - balance;
  }

  ModelledGeneration generation(String id) {
    return generations.stream()
        .filter(each -> each.id(schedule.idsAreText).equals(id))
        .findFirst()
        .orElse(null);
  }

  @Override
  public Response execute(Request request, Request.Options options) throws IOException {
    URI address = URI.create(request.url());
    String path = address.getPath().replaceFirst("^/api/v2", "");
    Operation operation =
        switch (path) {
          case "/generate" -> Operation.CREATE;
          case "/user/history" -> Operation.HISTORY;
          default -> Operation.POLL;
        };
    Sent sent =
        new Sent(
            surroundings.callUnderWay(),
            operation,
            request.httpMethod()
                + " "
                + path
                + (address.getQuery() == null ? "" : "?" + address.getQuery()),
            time.passed(),
            Duration.ofMillis(options.readTimeoutMillis()));
    sent.fault = schedule.faultOf(operation);
    surroundings.begun(sent);
    try {
      Response response = exchange(request, sent);
      note(sent, String.valueOf(response.status()));
      return response;
    } catch (IOException e) {
      note(sent, e.getClass().getSimpleName());
      throw e;
    }
  }

  private void note(Sent sent, String outcome) {
    Duration wait = sent.call.announced.get(sent.operation);
    sent.outcome =
        Optional.of(
            "%s at %.3f s%s, made so far %s"
                .formatted(
                    outcome,
                    time.passed().toMillis() / 1e3,
                    wait == null
                        ? ""
                        : ", not again before %.3f s".formatted(wait.toMillis() / 1e3),
                    sent.call.made));
  }

  private Response exchange(Request request, Sent sent) throws IOException {
    sent.call.announced.remove(sent.operation);
    Fault fault = sent.fault;
    boolean timesOut = fault == Fault.TIME_OUT || fault == Fault.TIME_OUT_AFTER_THE_WORK;
    Duration answer = sent.at.plus(schedule.latencyOf(fault));
    boolean isInTime = !timesOut && answer.compareTo(sent.end()) < 0;
    Duration told = isInTime ? answer : sent.end();
    boolean isPaidWork = fault.runs && sent.operation == Operation.CREATE;
    boolean isAffordable = balance > 0;
    ModelledGeneration made = null;
    if (isPaidWork && isAffordable) {
      made = work(request, sent, told);
    }
    surroundings.meanwhile(sent);
    time.passUntil(told);
    if (Thread.currentThread().isInterrupted() && schedule.chance(0.7)) {
      throw new ClosedByInterruptException();
    }
    if (!isInTime) {
      throw schedule.chance(0.5)
          ? new HttpTimeoutException("no answer")
          : new SocketTimeoutException("no answer");
    }
    if (isPaidWork && !isAffordable && !fault.isSilent) {
      return answers.error(request, 402, "insufficient_tokens");
    }
    return told(request, sent, made);
  }

  private ModelledGeneration work(Request request, Sent sent, Duration told) throws IOException {
    Duration begin = schedule.beginOfWork(sent.fault, sent.at, told);
    String prompt = JSON.readTree(request.body()).path("prompt").asText();
    ModelledGeneration made =
        add(sent.call, schedule.chance(0.03) ? null : prompt, begin, schedule.delayOfRow());
    sent.call.made.add(made);
    balance--;
    return made;
  }

  private ModelledGeneration add(
      CallOnRecord maker, String prompt, Duration begin, Duration delayOfRow) {
    ModelledGeneration made =
        new ModelledGeneration(
            generations.size() + 1,
            maker,
            prompt,
            begin,
            begin.minus(schedule.earlinessOfStamp()),
            begin.plus(delayOfRow),
            begin.plus(schedule.timeToFinish()));
    generations.add(made);
    return made;
  }

  /** What the client gets to know; the work is done by now, or never. */
  private Response told(Request request, Sent sent, ModelledGeneration made) throws IOException {
    return switch (sent.fault) {
      case NONE, SLOW -> answers.answer(request, 200, result(sent, made));
      case HALF_A_JSON -> {
        String whole = result(sent, made);
        yield answers.answer(request, 200, whole.substring(0, whole.length() / 2));
      }
      case BODY_BREAKS_OFF -> {
        String whole = result(sent, made);
        yield answers.brokenOff(answers.answer(request, 200, whole), whole);
      }
      case UNREADABLE, UNREADABLE_WITHOUT_THE_WORK -> answers.unreadable(request);
      case RATE_LIMITED ->
          answers.errorNaming(request, 429, "rate_limit_exceeded", announced(sent));
      case RATE_LIMITED_NAMING_NO_WAIT -> {
        sent.call.announced.put(sent.operation, time.passed().plus(schedule.retry.rateLimitWait()));
        yield answers.error(request, 429, "rate_limit_exceeded");
      }
      case PROVIDER_ERROR -> answers.error(request, 500, "provider_error");
      case MODEL_UNAVAILABLE -> answers.error(request, 503, "model_unavailable");
      case MODEL_UNAVAILABLE_NAMING_A_WAIT ->
          answers.errorNaming(request, 503, "model_unavailable", announced(sent));
      case GATEWAY_OVERLOADED, GATEWAY_OVERLOADED_AFTER_THE_WORK -> gateway(request, sent, 503);
      case BAD_GATEWAY, BAD_GATEWAY_AFTER_THE_WORK -> gateway(request, sent, 502);
      case GATEWAY_TIMEOUT_AFTER_THE_WORK -> gateway(request, sent, 504);
      case CONNECTION_REFUSED, CONNECTION_REFUSED_AFTER_THE_WORK ->
          throw new ConnectException("refused");
      case CONNECTION_LOST, CHARGED_BUT_NEVER_TOLD -> throw new SocketException("reset");
      case TIME_OUT, TIME_OUT_AFTER_THE_WORK -> throw new IllegalStateException("never in time");
    };
  }

  private Response gateway(Request request, Sent sent, int status) {
    return answers.gateway(request, status, schedule.chance(0.4) ? announced(sent) : Duration.ZERO);
  }

  private Duration announced(Sent sent) {
    Duration wait = schedule.namedWait();
    sent.call.announced.put(sent.operation, time.passed().plus(wait));
    return wait;
  }

  private String result(Sent sent, ModelledGeneration made) {
    return switch (sent.operation) {
      case CREATE -> answers.generation(made);
      case POLL -> answers.generation(generation(sent.target.replaceFirst(".*/", "")));
      case HISTORY -> page(Integer.parseInt(sent.target.replaceFirst(".*page=(\\d+).*", "$1")));
    };
  }

  private String page(int number) {
    List<ModelledGeneration> begun =
        generations.stream().filter(each -> each.created().compareTo(time.passed()) <= 0).toList();
    List<ModelledGeneration> shown =
        begun.stream()
            .filter(each -> each.shown().compareTo(time.passed()) <= 0)
            .sorted(Comparator.comparing(ModelledGeneration::stamped).reversed())
            .toList();
    int from = Math.min((number - 1) * schedule.rowsPerPage, shown.size());
    int to = Math.min(from + schedule.rowsPerPage, shown.size());
    int total = schedule.totalCountsHiddenRows ? begun.size() : shown.size();
    return answers.page(shown.subList(from, to), total, number);
  }
}
