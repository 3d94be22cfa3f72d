package ru.elumenta.openapi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

class ContractRulesTest {
  private static final List<Rule> RULES =
      Stream.of(
              OperationRules.all(),
              ErrorRules.all(),
              BodyRules.all(),
              SchemaRules.all(),
              ProseRules.all())
          .flatMap(List::stream)
          .toList();

  private final Contract contract = ContractReader.read(ContractReader.publishedFile());

  @TestFactory
  Stream<DynamicTest> theContractKeepsEveryRule() {
    return RULES.stream()
        .map(
            rule ->
                dynamicTest(
                    rule.sentence(),
                    () -> assertThat(rule.findings(contract)).as(rule.sentence()).isEmpty()));
  }

  @TestFactory
  Stream<DynamicTest> everyRuleNoticesWhenItIsBroken() {
    return RULES.stream()
        .map(
            rule ->
                dynamicTest(
                    "not: " + rule.sentence(),
                    () ->
                        assertThat(rule.findings(ContractReader.parse(rule.counterexample())))
                            .as("the counterexample of: " + rule.sentence())
                            .containsExactly(rule.finding())));
  }

  @Test
  void theOperationsThatCallersRelyOnAreThere() {
    assertThat(contract.operations())
        .extracting(operation -> operation.name() + " " + operation.text("operationId"))
        .contains(
            "POST /generate createGeneration",
            "GET /generate/{generation_id} getGeneration",
            "GET /models/{slug} getModel",
            "POST /models/{slug}/calculate-price calculatePrice",
            "GET /balance getBalance",
            "GET /user/history listHistory",
            "POST /auth/refresh refreshToken");
  }

  @Test
  void whatCostsTokensOrSpendsATokenIsNotIdempotent() {
    assertThat(contract.operations())
        .filteredOn(operation -> operation.node().path("x-idempotent").asBoolean())
        .extracting(operation -> operation.text("operationId"))
        .contains("calculatePrice")
        .doesNotContain("createGeneration", "refreshToken");
  }
}
