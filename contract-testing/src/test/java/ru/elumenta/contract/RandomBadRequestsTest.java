package ru.elumenta.contract;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import ru.elumenta.contract.scenario.Plan;

/**
 * Random bad requests over raw sockets. {@code -Delumenta.simulator.bad-requests=10000} sends more,
 * {@code -Delumenta.simulator.seed=N} replays one.
 */
class RandomBadRequestsTest {
  private static final int COUNT = Integer.getInteger("elumenta.simulator.bad-requests", 1_000);
  private static final long BALANCE = 1_000_000_000;
  private static final Pattern STATUS = Pattern.compile("HTTP/1\\.1 (\\d{3}) ");

  @Test
  void nothingIsChargedButGenerationsAndNoThreadIsLost() throws Exception {
    Long replayed = Long.getLong("elumenta.simulator.seed");
    long first = replayed == null ? 1 : replayed;
    long last = replayed == null ? COUNT : replayed;
    Map<String, Integer> statuses = new TreeMap<>();
    try (ElumentaSimulator service =
        ElumentaSimulator.builder().plan(Plan.ELITE).balance(BALANCE).start()) {
      for (long seed = first; seed <= last; seed++) {
        try {
          check(service, new RandomBadRequests(seed, service.apiKey()).next(), statuses);
        } catch (AssertionError | IOException e) {
          throw new AssertionError("replay with -Delumenta.simulator.seed=" + seed, e);
        }
      }
      for (int i = 0; i < 500 && service.connections() > 0; i++) {
        Thread.onSpinWait();
        java.util.concurrent.locks.LockSupport.parkNanos(10_000_000);
      }
      assertThat(service.connections()).as("connections that nobody has any more").isZero();
      assertThat(new PlainClient(service).get("/balance").statusCode()).isEqualTo(200);
    }
    System.out.println("answers to " + (last - first + 1) + " bad requests: " + statuses);
  }

  private static void check(
      ElumentaSimulator service, byte[] request, Map<String, Integer> statuses) throws IOException {
    int before = service.generationsCreated();

    String answer = RawCaller.call(service.baseUrl(), request);

    STATUS
        .matcher(answer)
        .results()
        .map(MatchResult::group)
        .map(text -> text.substring(9, 12))
        .forEach(status -> statuses.merge(status, 1, Integer::sum));
    assertThat(answer)
        .doesNotContain("HTTP/1.1 5")
        .doesNotContain("Exception")
        .doesNotContain("\tat ");
    assertThat(answer).as("what the simulator did not foresee").doesNotContain("was not foreseen");
    int begun = service.generationsCreated() - before;
    assertThat(begun).isLessThanOrEqualTo(answer.split("HTTP/1.1 200 ", -1).length - 1);
    assertThat(service.charges()).isEqualTo(service.generationsCreated());
    assertThat(service.balance() + service.tokensCharged()).isEqualTo(BALANCE);
  }
}
