package ru.elumenta.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import com.fasterxml.jackson.databind.node.TextNode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.NotBlank;
import net.jqwik.api.constraints.StringLength;
import net.jqwik.api.lifecycle.AfterContainer;
import ru.elumenta.client.ElumentaClient;
import ru.elumenta.client.error.OutcomeUnknownException;
import ru.elumenta.client.journal.OpenCall;
import ru.elumenta.client.model.GenerationRequest;
import ru.elumenta.contract.scenario.AnswerFaults;
import ru.elumenta.contract.scenario.Fault;
import ru.elumenta.contract.scenario.Plan;

/** Whatever the history makes of a prompt, a lost request is never sent again by default. */
class ChangedTextsTest {
  private static final ElumentaSimulator SERVICE =
      ElumentaSimulator.builder().balance(Integer.MAX_VALUE).plan(Plan.ELITE).start();

  @AfterContainer
  static void stop() {
    SERVICE.close();
  }

  @Property(tries = 200)
  void anyOtherTextIsNoReasonToPayTwice(
      @ForAll @NotBlank @StringLength(max = 60) String prompt, @ForAll String shown) {
    isPaidOnce(prompt, shown);
  }

  @Property(tries = 300)
  void aTextChangedInOnePlaceIsNoReasonToPayTwice(
      @ForAll @NotBlank @StringLength(max = 60) String prompt,
      @ForAll int where,
      @ForAll @StringLength(max = 3) String put) {
    int at =
        prompt.offsetByCodePoints(
            0, Math.floorMod(where, prompt.codePointCount(0, prompt.length())));
    int after = prompt.offsetByCodePoints(at, 1);

    isPaidOnce(prompt, prompt.substring(0, at) + put + prompt.substring(after));
  }

  private static void isPaidOnce(String prompt, String shown) {
    SERVICE.reset();
    SERVICE
        .always()
        .to("listHistory")
        .fail(AnswerFaults.member("prompt", TextNode.valueOf(shown).toString()));
    SERVICE.next().to("createGeneration").fail(Fault.resetAfterProcessing());
    try (ElumentaClient elumenta = SERVICE.client().build()) {
      Throwable failure =
          catchThrowable(
              () -> elumenta.generate(new GenerationRequest().model("dall-e-3").prompt(prompt)));

      assertThat(SERVICE.requests("createGeneration")).isEqualTo(1);
      if (failure == null) {
        assertThat(elumenta.openCalls()).isEmpty();
      } else {
        assertThat(failure).isInstanceOf(OutcomeUnknownException.class);
        assertThat(elumenta.openCalls())
            .extracting(OpenCall::id)
            .containsExactly(((OutcomeUnknownException) failure).openCall().orElseThrow().id());
      }
    }
  }
}
