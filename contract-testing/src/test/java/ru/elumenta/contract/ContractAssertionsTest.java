package ru.elumenta.contract;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static ru.elumenta.contract.ContractAssertions.assertThat;

import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import ru.elumenta.contract.exchange.Exchange;
import ru.elumenta.contract.exchange.Finding;
import ru.elumenta.contract.exchange.Rule;

/** A failed assertion says what deviates, and shows no secret. */
class ContractAssertionsTest {
  private final Exchange good =
      ContractSamples.of("login", "login-request", 200, "session").build();
  private final Exchange bad =
      ContractSamples.of("login", "login-request", 200, "session")
          .header("Authorization", "Bearer " + SampleExchange.KEY)
          .answerMember("/access_token", null)
          .build();

  @Test
  void whatObeysTheContractPasses() {
    assertThatCode(
            () -> {
              assertThat(good).obeysContract().requestObeysContract();
              assertThat(List.of()).isEmpty();
            })
        .doesNotThrowAnyException();
  }

  @Test
  void whatDoesNotFailsWithEveryFindingOnALineOfItsOwn() {
    assertThatThrownBy(() -> assertThat(bad).as("signing in").obeysContract())
        .isInstanceOf(AssertionError.class)
        .hasMessage(
            """
            [signing in] Expected POST /api/v2/auth/login answered with HTTP 200 to obey the contract, but there are 2 findings:
              - login request header Authorization: BEARER_UNWANTED: expected none, found credentials
              - login response /access_token: REQUIRED: expected a member, found none\
            """);
  }

  @Test
  void theRequestAloneCanBeJudged() {
    assertThatThrownBy(() -> assertThat(bad).requestObeysContract())
        .hasMessageContaining("there are 1 findings");
  }

  @Test
  void anotherValidatorCanJudge() {
    assertThatThrownBy(
            () ->
                assertThat(good)
                    .judgedBy(ContractValidator.standard().withBasePath("/v9"))
                    .obeysContract())
        .hasMessageContaining("BASE_PATH");
  }

  @Test
  void collectedFindingsFailWithTheNumberOfExchanges() {
    ContractFindings findings = new ContractFindings();
    findings.add(good);
    findings.add(bad);

    assertThat(findings).hasFinding("login", "/access_token", Rule.REQUIRED);
    assertThatThrownBy(() -> assertThat(findings).isEmpty())
        .hasMessageStartingWith("Expected nothing to deviate from the contract in 2 exchanges");
    assertThatThrownBy(() -> assertThat(findings).hasFinding("login", "/user", Rule.REQUIRED))
        .hasMessageStartingWith("Expected REQUIRED at /user of login in 2 exchanges");
  }

  @Test
  void veryManyFindingsAreNotAllShown() {
    List<Finding> many = Collections.nCopies(100, ContractValidator.standard().check(bad).get(0));

    assertThatThrownBy(() -> assertThat(many).isEmpty()).hasMessageEndingWith("and 80 more");
  }
}
