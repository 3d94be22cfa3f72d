package ru.elumenta.contract.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import ru.elumenta.contract.ContractValidator;
import ru.elumenta.contract.SimulatedTime;
import ru.elumenta.contract.Strictness;
import ru.elumenta.contract.exchange.Exchange;
import ru.elumenta.contract.exchange.Finding;
import ru.elumenta.contract.exchange.RequestMessage;
import ru.elumenta.contract.exchange.ResponseMessage;
import ru.elumenta.contract.exchange.Side;
import ru.elumenta.contract.scenario.Dialect;
import ru.elumenta.contract.scenario.Plan;

/**
 * Sequences of valid and invalid requests, decided by a seed: every answer obeys the contract, and
 * balance and limits add up. {@code -Delumenta.simulator.seed=N} replays one, {@code
 * -Delumenta.simulator.sequences=N} makes more.
 */
class RandomUseTest {
  private static final int SEQUENCES = Integer.getInteger("elumenta.simulator.sequences", 2_000);
  private static final int CALLS = 10;
  private static final long PROMO = 100;
  private static final ContractValidator VALIDATOR =
      ContractValidator.standard().withResponses(Strictness.STRICT);
  private static final String[] MODELS = {
    "dall-e-3",
    "gpt-5",
    "kling-v2.1",
    "photon-flash",
    "elevenlabs-music",
    "whisper",
    "no-such-model"
  };

  /** One user's conversation with one service. */
  private static final class Sequence {
    private final Random random;
    private final SimulatedTime time = SimulatedTime.started();
    private final SimulatedService service;
    private final Plan plan;
    private final long initial;
    private final String key;
    private String lastId = "18473";
    private long promos;
    private long day;
    private int beforeToday;

    Sequence(long seed) {
      this.random = new Random(seed);
      this.plan = random.nextInt(8) == 0 ? Plan.ELITE : Plan.VIP;
      this.initial = random.nextInt(4) == 0 ? random.nextInt(20) : random.nextInt(5_000);
      Dialect dialect = random.nextBoolean() ? Dialect.FIRST : Dialect.SECOND;
      this.service =
          new SimulatedService(
              time, seed, dialect, plan, initial, "user@example.com", "a long password");
      this.key = service.newKey();
      pass(Duration.ZERO);
    }

    private String one(String... choices) {
      return choices[random.nextInt(choices.length)];
    }

    private ResponseMessage call(String method, String path, String body) {
      Map<String, List<String>> headers =
          body.isEmpty()
              ? Map.of("Authorization", List.of(authorization()))
              : Map.of(
                  "Authorization",
                  List.of(authorization()),
                  "Content-Type",
                  List.of("application/json"));
      RequestMessage request = RequestMessage.of(method, "/api/v2" + path, headers, body);
      ResponseMessage response = service.answer(request).response();
      List<Finding> findings =
          VALIDATOR.check(Exchange.of(request, response)).stream()
              .filter(each -> each.side() == Side.RESPONSE)
              .toList();
      assertThat(findings).as("%s %s %s", method, path, body).isEmpty();
      checkLimits(response);
      return response;
    }

    private String authorization() {
      return "Bearer " + (random.nextInt(30) == 0 ? "nb_wrong" : key);
    }

    private void checkLimits(ResponseMessage response) {
      if (plan.perHour().isEmpty() || !response.headers().containsKey("X-RateLimit-Limit-Hour")) {
        return;
      }
      int left = Integer.parseInt(response.headers().get("X-RateLimit-Remaining-Day").get(0));
      assertThat(left)
          .isEqualTo(Math.max(0, plan.perDay().getAsInt() - (service.generations() - beforeToday)));
    }

    private String generation() {
      String model = one(MODELS);
      return one(
              "{\"model\":\"%s\",\"prompt\":\"A lighthouse\"}",
              "{\"model\":\"%s\",\"prompt\":\"A"
                  + " lighthouse\",\"params\":{\"size\":\"1024x1792\",\"quality\":\"hd\"}}",
              "{\"model\":\"%s\",\"messages\":[{\"role\":\"user\",\"content\":\"Hi\"}]}",
              "{\"model\":\"%s\",\"prompt\":\"A lighthouse\",\"params\":{\"size\":\"1x1\"}}",
              "{\"model\":\"%s\",\"prompt\":\"A lighthouse\",\"duration\":10}",
              "{\"model\":\"%s\"}",
              "{\"model\":\"%s\",\"prompt\":7}",
              "{\"model\":\"%s\"",
              "[]",
              "null")
          .formatted(model);
    }

    void step() {
      switch (random.nextInt(16)) {
        case 0, 1, 2, 3 -> generate("/generate", generation());
        case 4 -> generate("/generate/stream", generation());
        case 5 -> call("GET", one("/generate/", "/generate/status/") + one(lastId, "1", "x"), "");
        case 6 -> call("GET", "/models" + one("", "/gpt-5", "/none"), "");
        case 7 ->
            call(
                "POST",
                "/models/" + one(MODELS) + "/calculate-price",
                one("{}", "{\"params\":{\"quality\":\"hd\"},\"count\":2}", "{\"count\":0}", "x"));
        case 8 -> balance();
        case 9 ->
            call("GET", one("/user/me", "/user/stats", "/user/balance", "/user/settings"), "");
        case 10 ->
            call(
                "GET",
                "/user/history"
                    + one(
                        "",
                        "?limit=3",
                        "?limit=0",
                        "?page=2&limit=1",
                        "?status=odd",
                        "?status=failed"),
                "");
        case 11 ->
            call(
                "PATCH",
                one("/user/me", "/user/settings"),
                one("{\"name\":\"Ivan\"}", "{\"language\":\"ru\"}", "{\"language\":\"xx\"}", "{"));
        case 12 -> {
          if (call("POST", "/payments/promo", one("{\"code\":\"A\"}", "{\"code\":\"B\"}", "{}"))
                  .status()
              == 200) {
            promos++;
          }
        }
        case 13 -> call("POST", "/keys", one("{\"name\":\"ci\"}", "{}"));
        case 14 ->
            call(
                "POST",
                one(
                    "/auth/register",
                    "/auth/login",
                    "/auth/refresh",
                    "/auth/telegram",
                    "/auth/google"),
                one(
                    "{\"email\":\"user@example.com\",\"password\":\"a long password\"}",
                    "{\"email\":\"other@example.com\",\"password\":\"short\"}",
                    "{\"id_token\":\"x\",\"refresh_token\":\"y\"}",
                    ""));
        default -> pass(Duration.ofMinutes(random.nextInt(90)));
      }
      checkBalance();
    }

    private void pass(Duration duration) {
      time.advance(duration);
      long today = time.now().getEpochSecond() / Duration.ofDays(1).toSeconds();
      if (today != day) {
        day = today;
        beforeToday = service.generations();
      }
    }

    private void generate(String path, String body) {
      int before = service.generations();
      ResponseMessage response = call("POST", path, body);
      int begun = service.generations() - before;
      assertThat(begun).isEqualTo(response.status() == 200 ? 1 : 0);
    }

    private void balance() {
      ResponseMessage response = call("GET", "/balance", "");
      if (response.status() == 200) {
        assertThat(new String(response.body()))
            .contains("\"token_balance\":" + service.balance() + ",");
      }
    }

    private void checkBalance() {
      assertThat(service.balance())
          .isEqualTo(initial + promos * PROMO - service.charged())
          .isNotNegative();
    }
  }

  @Test
  void whateverIsAskedTheAnswersObeyTheContractAndTheSumsAreRight() {
    Long replayed = Long.getLong("elumenta.simulator.seed");
    long first = replayed == null ? 1 : replayed;
    long last = replayed == null ? SEQUENCES : replayed;
    for (long seed = first; seed <= last; seed++) {
      Sequence sequence = new Sequence(seed);
      try {
        for (int i = 0; i < CALLS; i++) {
          sequence.step();
        }
      } catch (AssertionError | RuntimeException e) {
        throw new AssertionError("replay with -Delumenta.simulator.seed=" + seed, e);
      }
    }
  }

  @Test
  void theSimulatorKnowsTheOperationsOfTheContract() {
    ContractValidator validator = ContractValidator.standard();
    for (String[] row : Operations.table()) {
      RequestMessage request =
          RequestMessage.of(row[0], "/api/v2" + row[1].replace("*", "7"), Map.of(), "");
      assertThat(validator.operationOf(request)).as(String.join(" ", row)).hasValue(row[2]);
    }
    assertThat(Operations.table()).extracting(row -> row[2]).doesNotHaveDuplicates().hasSize(37);
  }
}
