package ru.elumenta.client;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import ru.elumenta.client.CallOnRecord.Operation;
import ru.elumenta.client.CallOnRecord.Sent;
import ru.elumenta.client.FaultSchedule.Disturbance;
import ru.elumenta.client.api.GenerationsApi;
import ru.elumenta.client.model.Generation;
import ru.elumenta.client.model.GenerationRequest;
import ru.elumenta.client.options.Recovery;

/**
 * One schedule played against one client, in one thread: a few calls after each other and, while a
 * request or a sleep of one of them is under way, another one in its midst.
 */
final class ChargeStory implements ModelledService.Surroundings {
  /** The client tells a transport whole milliseconds, and one at the least. */
  private static final Duration GRAIN = Duration.ofMillis(1);

  /** A call that runs inside another must end, by its own limit, before that one is told. */
  private static final Duration LEAST_ROOM_FOR_ANOTHER_CALL = Duration.ofSeconds(5);

  private static final int ENDLESS = 5_000;

  final FaultSchedule schedule;
  final List<CallOnRecord> calls = new ArrayList<>();
  final List<Sent> requests = new ArrayList<>();
  final ModelledTime time = new ModelledTime(this::slept);
  final ModelledService service;
  private final ElumentaClient elumenta;
  private final Deque<CallOnRecord> underWay = new ArrayDeque<>();
  private boolean isClosed;

  ChargeStory(long seed) {
    schedule = new FaultSchedule(seed);
    service = new ModelledService(schedule, time, this);
    elumenta =
        ElumentaClient.builder()
            .apiKey(Service.KEY)
            .transport(service)
            .timeSource(time)
            .recovery(schedule.recovery)
            .retry(schedule.retry)
            .callTimeout(schedule.callTimeout)
            .attemptTimeout(schedule.attemptTimeout)
            .build();
  }

  ChargeStory played() {
    service.hasMade(List.of("A lighthouse", "A pier 1", "A pier 2", "A pier 3"));
    int plot = 1 + schedule.upTo(3);
    for (int i = 0; i < plot; i++) {
      call(promptOf("A lighthouse", 0.4), schedule.callTimeout, false);
      time.passUntil(
          time.passed().plus(schedule.between(0, schedule.chance(0.7) ? 6_000 : 90_000)));
    }
    elumenta.close();
    return this;
  }

  boolean isClosed() {
    return isClosed;
  }

  private String promptOf(String shared, double probability) {
    return schedule.chance(probability) ? shared : "A pier " + (calls.size() + 1);
  }

  private void call(String prompt, Duration limit, boolean isInsideAnother) {
    CallOnRecord call = new CallOnRecord(calls.size() + 1, prompt, time.passed(), limit);
    call.isBesideItsLike =
        isInsideAnother
            && underWay.element().isWaitingForItsAnswer()
            && underWay.element().prompt.equals(prompt);
    calls.add(call);
    underWay.push(call);
    GenerationRequest request = new GenerationRequest().model(ModelledAnswers.MODEL).prompt(prompt);
    try {
      if (!isInsideAnother && schedule.chance(0.5)) {
        await(call, elumenta.submit(request));
      } else {
        Generation made =
            elumenta.within(limit).api(GenerationsApi.class).createGeneration(request);
        call.returned = made.getId().toString();
      }
    } catch (Throwable failure) { // whatever it is, the promises judge it
      call.failure = failure;
    } finally {
      underWay.pop();
      call.keptTheInterrupt = Thread.interrupted();
      call.ended = time.passed();
    }
  }

  private void await(CallOnRecord call, GenerationJob job) {
    if (time.passed().compareTo(call.deadline.plus(GRAIN)) > 0) {
      call.broken.add("Created after the deadline.");
    }
    call.isCreated = true;
    call.returned = job.id().orElseThrow().toString();
    Duration limit = schedule.between(1_000, 60_000);
    call.deadline = time.passed().plus(limit);
    Generation completed = job.await(limit);
    if (!completed.getId().equals(job.id().orElseThrow())) {
      call.broken.add("Another generation was awaited.");
    }
  }

  @Override
  public CallOnRecord callUnderWay() {
    return underWay.element();
  }

  /** The promises about a moment are judged in it. */
  @Override
  public void begun(Sent request) {
    requests.add(request);
    CallOnRecord call = request.call;
    judge(
        call,
        request.operation == Operation.CREATE && call.hasBeenAccepted(),
        "A paid request after one that was answered with a whole 200.");
    call.sent.add(request);
    if (requests.size() > ENDLESS) {
      throw new AssertionError("There is no end to it: " + this);
    }
    boolean isPaid = request.operation == Operation.CREATE;
    Duration left = call.deadline.minus(request.at);
    Duration notBefore = call.announced.getOrDefault(request.operation, Duration.ZERO);
    judge(call, isClosed, "A request by a closed client.");
    judge(call, call.isInterrupted, "A request after the interrupt.");
    judge(call, left.compareTo(Duration.ZERO) <= 0, "A request after the deadline.");
    judge(call, request.limit.compareTo(left.plus(GRAIN)) > 0, "More time than there is left.");
    judge(
        call,
        request.limit.compareTo(schedule.attemptTimeout) > 0,
        "More time than an attempt has.");
    judge(call, request.at.compareTo(notBefore) < 0, "A request before " + notBefore);
    judge(
        call,
        isPaid
            && schedule.recovery != Recovery.RESEND
            && call.requestsFor(Operation.CREATE) > 1
            && left.compareTo(Duration.ofSeconds(1)) < 0,
        "A paid request in the last second.");
  }

  private static void judge(CallOnRecord call, boolean isBroken, String sentence) {
    if (isBroken) {
      call.broken.add(sentence + " It was request " + call.sent.size() + ".");
    }
  }

  @Override
  public void meanwhile(Sent request) {
    disturb(request.call, schedule.disturbanceOfRequest(), request.limit);
  }

  private void slept(Duration duration) throws InterruptedException {
    CallOnRecord call = callUnderWay();
    Duration end = time.passed().plus(duration);
    disturb(call, schedule.disturbanceOfSleep(), duration);
    if (Thread.interrupted()) {
      time.passUntil(time.passed().plus(schedule.portionOf(duration)));
      throw new InterruptedException();
    }
    time.passUntil(end);
  }

  private void disturb(CallOnRecord call, Disturbance disturbance, Duration room) {
    boolean isAlone = underWay.size() == 1;
    boolean hasRoom = room.compareTo(LEAST_ROOM_FOR_ANOTHER_CALL) >= 0;
    if (disturbance == Disturbance.ANOTHER_CALL && isAlone && hasRoom) {
      call(promptOf(call.prompt, 0.8), shorter(room.minusSeconds(1), schedule.callTimeout), true);
    } else if (disturbance == Disturbance.INTERRUPT) {
      call.isInterrupted = true;
      Thread.currentThread().interrupt();
    } else if (disturbance == Disturbance.CLOSE) {
      isClosed = true;
      elumenta.close();
    }
  }

  private static Duration shorter(Duration one, Duration other) {
    return one.compareTo(other) < 0 ? one : other;
  }

  @Override
  public String toString() {
    StringBuilder text = new StringBuilder(schedule.toString());
    requests.forEach(request -> text.append("\n  ").append(request));
    calls.forEach(call -> text.append("\n  ").append(call));
    return text.toString();
  }
}
