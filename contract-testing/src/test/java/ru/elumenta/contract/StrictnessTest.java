package ru.elumenta.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import ru.elumenta.contract.exchange.Exchange;
import ru.elumenta.contract.exchange.ResponseMessage;

/** What is let pass, and on which side. */
class StrictnessTest {
  private final ContractValidator standard = ContractValidator.standard();

  private static SampleExchange generate() {
    return ContractSamples.of("createGeneration", "text-prompt-request", 200, "completed-text");
  }

  @Test
  void aNewMemberOfAResponseIsFineForATolerantReader() {
    Exchange exchange = generate().answerMember("/queue", "{\"position\": 1}").build();

    assertThat(standard.check(exchange)).isEmpty();
    assertThat(standard.withResponses(Strictness.STRICT).check(exchange)).hasSize(1);
  }

  @Test
  void aNewStateIsFineForATolerantReader() {
    assertThat(standard.check(generate().answerMember("/status", "\"queued\"").build())).isEmpty();
  }

  @Test
  void aNewErrorCodeIsFineForATolerantReader() {
    Exchange exchange =
        ContractSamples.of("getModel", "", 404, "not-found")
            .answerMember("/error", "\"gone\"")
            .build();

    assertThat(standard.check(exchange)).isEmpty();
  }

  @Test
  void nullIsAsGoodAsAbsentWhereAbsentIsFine() {
    SampleExchange model = ContractSamples.of("getModel", "", 200, "model-dall-e-3");

    assertThat(standard.check(model.answerMember("/name", "null").build())).isEmpty();
    assertThat(standard.check(model.answerMember("/slug", "null").build()))
        .singleElement()
        .satisfies(finding -> assertThat(finding.place()).isEqualTo("/slug"));
  }

  @Test
  void nullInAListIsNoAbsentMember() {
    Exchange exchange =
        ContractSamples.of("listHistory", "", 200, "history-page")
            .answerMember("/items/0", "null")
            .build();

    assertThat(standard.check(exchange)).hasSize(1);
  }

  @Test
  void aMissingMemberAWrongTypeAndAWrongCodeAreFineForNobody() {
    assertThat(standard.check(generate().answerMember("/status", null).build())).hasSize(1);
    assertThat(standard.check(generate().answerMember("/status", "1").build())).hasSize(1);
    assertThat(
            standard.check(
                ContractSamples.of("getModel", "", 404, "not-found")
                    .answerMember("/error", "\"token_expired\"")
                    .build()))
        .hasSize(1);
  }

  @Test
  void aRequestIsHeldToTheLetterUnlessAsked() {
    Exchange exchange = generate().member("/promt", "\"a\"").build();

    assertThat(standard.check(exchange)).hasSize(1);
    assertThat(standard.withRequests(Strictness.TOLERANT).check(exchange)).isEmpty();
  }

  @Test
  void aServerMayBeginElsewhere() {
    SampleExchange atRoot = generate().target("http://localhost:8080/generate");

    assertThat(standard.withBasePath("").check(atRoot.build())).isEmpty();
    assertThat(standard.operationOf(atRoot.build().request())).contains("createGeneration");
    assertThat(standard.withBasePath("/v3").operationOf(generate().build().request())).isEmpty();
    assertThatThrownBy(() -> standard.withBasePath("v3"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("begin with a slash");
  }

  @Test
  void theBeginningOfAStreamIsNotBlamedForWhatMayHaveFollowed() {
    Exchange whole =
        ContractSamples.of("streamGeneration", "text-prompt-request", 200, "streamed-text").build();
    ResponseMessage response = whole.response().orElseThrow();
    for (int length = 0; length <= response.body().length; length++) {
      byte[] beginning = java.util.Arrays.copyOf(response.body(), length);
      ResponseMessage read = ResponseMessage.beginningOf(200, response.headers(), beginning);

      assertThat(
              standard.withResponses(Strictness.STRICT).check(Exchange.of(whole.request(), read)))
          .isEmpty();
    }
  }

  @Test
  void aFindingReadsAsASentence() {
    assertThat(standard.check(generate().answerMember("/tokens_spent", "\"3\"").build()))
        .singleElement()
        .hasToString(
            "createGeneration response /tokens_spent: TYPE: expected integer or null, found"
                + " \"3\"");
  }

  @Test
  void messagesDoNotShowWhatTheyCarry() {
    Exchange exchange = generate().target("/api/v2/models?key=hunter2").build();

    assertThat(exchange.toString()).doesNotContain("SECRETKEY").doesNotContain("hunter2");
  }
}
