package ru.elumenta.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import ru.elumenta.client.ElumentaClient;
import ru.elumenta.client.LookUpResult;
import ru.elumenta.client.error.OutcomeUnknownException;
import ru.elumenta.client.journal.OpenCall;
import ru.elumenta.client.model.Generation;
import ru.elumenta.client.model.GenerationRequest;
import ru.elumenta.client.options.Recovery;
import ru.elumenta.contract.scenario.AnswerFaults;
import ru.elumenta.contract.scenario.Fault;
import ru.elumenta.contract.scenario.PromptForm;
import ru.elumenta.contract.scenario.RowFaults;
import ru.elumenta.contract.scenario.RowTime;

/**
 * Answers are lost, and the service is odd beside: what counts is how many paid requests it got,
 * and that what they made is the result, or can be found later.
 */
class LostAnswersTest {
  private static final String IMAGE = "dall-e-3";
  private static final String PROMPT =
      " \u00c9t\u00e9 & \"sea\" <b>'s\r\nline\none - and  a very long tail ";

  private final ElumentaSimulator service = ElumentaSimulator.start();
  private final ElumentaClient elumenta = service.client().build();

  @AfterEach
  void stop() {
    elumenta.close();
    service.close();
  }

  private static GenerationRequest request(String prompt) {
    return new GenerationRequest().model(IMAGE).prompt(prompt);
  }

  private long paidRequests() {
    return service.requests("createGeneration");
  }

  private List<String> idsInHistory() {
    service.healthy();
    return elumenta.history().stream().map(row -> row.getId().toString()).toList();
  }

  private static OpenCall openCall(Throwable failure) {
    assertThat(failure).isInstanceOf(OutcomeUnknownException.class);
    return ((OutcomeUnknownException) failure).openCall().orElseThrow();
  }

  /** Recovered at once, paid once. */
  private void isRecovered() {
    Generation result = elumenta.generate(request(PROMPT));

    assertThat(paidRequests()).isEqualTo(1);
    assertThat(service.charges()).isEqualTo(1);
    assertThat(elumenta.openCalls()).isEmpty();
    assertThat(idsInHistory()).containsExactly(result.getId().toString());
  }

  /** Open at first, listed, and paid once. */
  private OpenCall isLost() {
    Throwable failure = catchThrowable(() -> elumenta.generate(request(PROMPT)));

    assertThat(paidRequests()).isEqualTo(1);
    assertThat(service.charges()).isEqualTo(1);
    assertThat(elumenta.openCalls()).extracting(OpenCall::id).containsOnly(openCall(failure).id());
    return openCall(failure);
  }

  private void isFoundNow(OpenCall call, int rows) {
    LookUpResult result = elumenta.lookUp(call);

    assertThat(result).isInstanceOf(LookUpResult.Found.class);
    String id = ((LookUpResult.Found) result).job().id().orElseThrow().toString();
    assertThat(elumenta.openCalls()).isEmpty();
    List<String> ids = idsInHistory();
    assertThat(ids).hasSize(rows);
    assertThat(ids.get(rows - 1)).isEqualTo(id); // the oldest
  }

  private void isNamedNow(OpenCall call) {
    LookUpResult result = elumenta.lookUp(call);

    assertThat(result).isInstanceOf(LookUpResult.Several.class);
    assertThat(((LookUpResult.Several) result).ids().toString())
        .isEqualTo(idsInHistory().toString());
    assertThat(elumenta.openCalls()).extracting(OpenCall::id).containsExactly(call.id());
    elumenta.dismiss(call);
    assertThat(elumenta.openCalls()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(longs = {-10_800, -60, -5, 5, 120, 10_800})
  void aClockOfTheRowsThatIsWrongIsMeasuredByTheNextAnswer(long seconds) {
    service.always().fail(RowFaults.rowClock(Duration.ofSeconds(seconds)));
    service.next().to("createGeneration").fail(Fault.resetAfterProcessing());
    if (seconds > 0 && seconds < 60) { // within the window, which has a minute to spare
      isRecovered();
      return;
    }
    OpenCall call = isLost();

    elumenta.generate(request("Another"));

    isFoundNow(call, 2);
  }

  @ParameterizedTest
  @ValueSource(longs = {-10_800, -60, -5, 5, 120, 10_800})
  void aClockOfTheRowsThatWasMeasuredIsNoObstacle(long seconds) {
    service.always().fail(RowFaults.rowClock(Duration.ofSeconds(seconds)));
    elumenta.generate(request("Another"));
    service.next().to("createGeneration").fail(Fault.resetAfterProcessing());

    Generation result = elumenta.generate(request(PROMPT));

    assertThat(paidRequests()).isEqualTo(2);
    assertThat(idsInHistory().get(0)).isEqualTo(result.getId().toString());
  }

  @ParameterizedTest
  @EnumSource(
      value = RowTime.class,
      names = {"WITHOUT_ZONE", "WITH_OFFSET", "WITH_SPACE", "WITH_FRACTION", "SECONDS"})
  void timesThatCanBeReadAreAsGoodAsTheDocumentedOnes(RowTime form) {
    service.always().fail(RowFaults.rowTimes(form));
    service.next().to("createGeneration").fail(Fault.resetAfterProcessing());

    isRecovered();
  }

  @ParameterizedTest
  @EnumSource(
      value = RowTime.class,
      names = {"DATE_ONLY", "UNREADABLE", "NULL", "ABSENT"})
  void aRowWithoutATimeIsNamedAndNotTaken(RowTime form) {
    service.always().fail(RowFaults.rowTimes(form));
    service.next().to("createGeneration").fail(Fault.resetAfterProcessing());

    isNamedNow(isLost());
  }

  @Test
  void aTimeInAZoneThatItDoesNotSayIsFoundOnceThatIsMeasured() {
    service.always().fail(RowFaults.rowTimes(RowTime.LOCAL_WITHOUT_ZONE));
    service.next().to("createGeneration").fail(Fault.resetAfterProcessing());
    OpenCall call = isLost();

    elumenta.generate(request("Another"));

    isFoundNow(call, 2);
  }

  @ParameterizedTest
  @EnumSource(
      value = PromptForm.class,
      names = {"CRLF", "LF", "COLLAPSED", "STRIPPED", "SPACE_ADDED", "ESCAPED", "COMPOSED"})
  void aPromptThatIsWrittenDifferentlyIsStillTheSame(PromptForm form) {
    service.always().to("listHistory").fail(RowFaults.rewrittenPrompts(form));
    service.next().to("createGeneration").fail(Fault.resetAfterProcessing());

    isRecovered();
  }

  @ParameterizedTest
  @EnumSource(
      value = PromptForm.class,
      names = {"CUT_IN_THE_MIDDLE", "CUT_AT_THE_END", "LOWER_CASE", "TYPOGRAPHIC", "EMPTY"})
  void aPromptThatIsChangedMayBeItAndIsNamed(PromptForm form) {
    service.always().to("listHistory").fail(RowFaults.rewrittenPrompts(form));
    service.next().to("createGeneration").fail(Fault.resetAfterProcessing());

    isNamedNow(isLost());
  }

  @Test
  void workThatIsShownThreeMinutesLaterIsFoundByALongerCall() {
    service
        .next()
        .to("createGeneration")
        .fail(Fault.gatewayTimeout().and(RowFaults.lateRows(Duration.ofMinutes(3))));

    Generation result =
        elumenta.within(Duration.ofMinutes(10)).generate(request(PROMPT)); // each 60 s a look

    assertThat(paidRequests()).isEqualTo(1);
    assertThat(idsInHistory()).containsExactly(result.getId().toString());
  }

  @Test
  void workThatIsShownAfterTheDeadlineIsFoundLater() {
    service
        .next()
        .to("createGeneration")
        .fail(Fault.gatewayTimeout().and(RowFaults.lateRows(Duration.ofMinutes(5))));
    OpenCall call = isLost();
    assertThat(elumenta.lookUp(call)).isEqualTo(new LookUpResult.NotShown());

    service.advance(Duration.ofMinutes(5));

    isFoundNow(call, 1);
  }

  @Test
  void anAnswerThatStallsIsLookedUp() {
    service.next().to("createGeneration").fail(Fault.stall());
    try (ElumentaClient hasty = service.client().attemptTimeout(Duration.ofMillis(300)).build()) {
      Generation result = hasty.generate(request(PROMPT));

      assertThat(paidRequests()).isEqualTo(1);
      assertThat(idsInHistory()).containsExactly(result.getId().toString());
    }
  }

  static Stream<Arguments> answersThatNameNothing() {
    return Stream.of(
            AnswerFaults.emptyObject(),
            AnswerFaults.emptyBody(),
            AnswerFaults.answerAfterProcessing(200, "application/json", "{\"status\":\"pending\"}"),
            AnswerFaults.answerAfterProcessing(200, "text/html", "<html>Hello</html>"),
            AnswerFaults.answerAfterProcessing(502, "text/html", "<html>Bad gateway</html>"),
            AnswerFaults.answerAfterProcessing(500, "application/json", "{\"oops\":1}"),
            Fault.brokenJson(),
            Fault.truncatedBody(),
            Fault.resetAfterProcessing())
        .map(Arguments::of);
  }

  @ParameterizedTest
  @MethodSource("answersThatNameNothing")
  void anAnswerThatNamesNothingIsLookedUp(Fault fault) {
    service.next().to("createGeneration").fail(fault);

    isRecovered();
  }

  static Stream<Arguments> jobsWithoutAnId() {
    return Stream.of(
            AnswerFaults.withoutMember("id"),
            AnswerFaults.renamedMember("id", "generation_id"),
            AnswerFaults.member("id", "null"),
            AnswerFaults.member("id", "[]"),
            AnswerFaults.member("id", "\"\""))
        .map(Arguments::of);
  }

  @ParameterizedTest
  @MethodSource("jobsWithoutAnId")
  void aJobWithoutAnIdIsLookedUpAndWaitedFor(Fault fault) {
    service.next().to("createGeneration").fail(fault.and(Fault.slowJob(Duration.ofMinutes(1))));

    isRecovered();
  }

  @ParameterizedTest
  @MethodSource("jobsWithoutAnId")
  void aResultWithoutAnIdIsAResult(Fault fault) {
    service.next().to("createGeneration").fail(fault);

    assertThat(elumenta.generate(request(PROMPT)).fileUrl()).isPresent();

    assertThat(paidRequests()).isEqualTo(1);
    assertThat(elumenta.openCalls()).isEmpty();
  }

  static Stream<Arguments> oddPages() {
    return Stream.of(
            RowFaults.nullRows(3),
            RowFaults.oddRows(2, "\"a text\""),
            RowFaults.oddRows(2, "7"),
            RowFaults.oddRows(2, "[]"),
            RowFaults.oddRows(2, "{\"id\":[]}"),
            RowFaults.oddRows(2, "{}"),
            RowFaults.totalOfRows(0),
            RowFaults.totalOfRows(1_000_000),
            RowFaults.totalOfRows(-1),
            RowFaults.rowsAddedWhilePaging(150),
            RowFaults.oldestRowsFirst())
        .map(Arguments::of);
  }

  @ParameterizedTest
  @MethodSource("oddPages")
  void anOddPageDoesNotHideTheRow(Fault fault) {
    service.always().to("listHistory").fail(fault);
    service.next().to("createGeneration").fail(Fault.resetAfterProcessing());

    Generation result = elumenta.generate(request(PROMPT));

    assertThat(paidRequests()).isEqualTo(1);
    assertThat(service.charges()).isEqualTo(1);
    assertThat(idsInHistory()).contains(result.getId().toString());
  }

  @Test
  void twoLostCallsThatDifferInSizeNeverGetEachOthersImage() throws Exception {
    service.next(2).to("createGeneration").fail(Fault.resetAfterProcessing());
    List<String> sizes = List.of("1024x1024", "1792x1024");
    ExecutorService threads = Executors.newFixedThreadPool(2);
    try {
      List<Future<Throwable>> ends =
          threads.invokeAll(
              sizes.stream()
                  .<Callable<Throwable>>map(
                      size ->
                          () -> catchThrowable(() -> elumenta.generate(request(PROMPT).size(size))))
                  .toList());
      for (Future<Throwable> end : ends) {
        OpenCall call = openCall(end.get());
        assertThat(elumenta.lookUp(call)).isNotInstanceOf(LookUpResult.Found.class);
      }
    } finally {
      threads.shutdownNow();
    }
    assertThat(paidRequests()).isEqualTo(2);
    assertThat(service.charges()).isEqualTo(2);
    assertThat(elumenta.openCalls())
        .hasSize(2)
        .anySatisfy(call -> assertThat(call).asString().contains("size=" + sizes.get(0)))
        .anySatisfy(call -> assertThat(call).asString().contains("size=" + sizes.get(1)));
  }

  @ParameterizedTest
  @ValueSource(ints = {3, 4, 8, 10, 29, 30, 60})
  void aCallWithoutAMinuteToLookForItIsNotSentAgainEvenByChoice(int seconds) {
    service
        .next()
        .to("createGeneration")
        .fail(Fault.resetAfterProcessing().and(RowFaults.lateRows(Duration.ofMinutes(2))));
    try (ElumentaClient brave = service.client().recovery(Recovery.LOOK_UP_THEN_RESEND).build()) {
      Throwable failure =
          catchThrowable(() -> brave.within(Duration.ofSeconds(seconds)).generate(request(PROMPT)));

      openCall(failure);
      assertThat(paidRequests()).isEqualTo(1);
    }
  }

  @Test
  void aCallThatWasLostLongAgoContestsNothing() {
    service.next().to("createGeneration").fail(Fault.resetBeforeProcessing());
    OpenCall neverRan =
        openCall(catchThrowable(() -> elumenta.generate(request(PROMPT).size("1792x1024"))));
    service.next().to("createGeneration").fail(Fault.resetAfterProcessing());
    OpenCall contested = openCall(catchThrowable(() -> elumenta.generate(request(PROMPT))));
    service.advance(Duration.ofDays(2));
    service.next().to("createGeneration").fail(Fault.resetAfterProcessing());

    Generation result = elumenta.generate(request(PROMPT));

    assertThat(paidRequests()).isEqualTo(3);
    assertThat(service.charges()).isEqualTo(2);
    assertThat(idsInHistory().get(0)).isEqualTo(result.getId().toString());
    assertThat(elumenta.openCalls())
        .extracting(OpenCall::id)
        .containsExactly(neverRan.id(), contested.id());
  }

  @Test
  void aLateLookUpReadsNoFurtherThanTheRowThatItFinds() {
    IntStream.range(0, 99).forEach(number -> elumenta.generate(request("Picture " + number)));
    service
        .next()
        .to("createGeneration")
        .fail(Fault.resetAfterProcessing().and(RowFaults.lateRows(Duration.ofMinutes(5))));
    service.advance(Duration.ofMinutes(1));
    OpenCall call = openCall(catchThrowable(() -> elumenta.generate(request(PROMPT))));
    service.advance(Duration.ofHours(1));
    elumenta.generate(request("Another"));
    long before = service.requests("listHistory");

    assertThat(elumenta.lookUp(call)).isInstanceOf(LookUpResult.Found.class);

    assertThat(service.requests("listHistory") - before).isEqualTo(1);
  }

  @Test
  void aGatewayThatIsDownGetsOnePaidRequestForEachCall() {
    int calls = 200;
    service.always().to("createGeneration").fail(Fault.htmlPage(502));

    IntStream.range(0, calls)
        .forEach(
            number ->
                openCall(catchThrowable(() -> elumenta.generate(request("Picture " + number)))));

    assertThat(paidRequests()).isEqualTo(calls);
    assertThat(service.requests("listHistory")).isLessThanOrEqualTo(7L * calls);
    assertThat(service.charges()).isZero();
  }
}
