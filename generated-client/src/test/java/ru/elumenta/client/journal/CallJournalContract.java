package ru.elumenta.client.journal;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import ru.elumenta.client.journal.OpenCall.State;

/** What every journal does, in whichever module it is. */
public abstract class CallJournalContract {
  protected abstract CallJournal journal();

  private OpenCall opened() {
    OpenCall call = Calls.image();
    journal().open(call, Calls.PATIENCE);
    return call;
  }

  @Test
  void whatIsUnderWayIsListedToTheLetterAndTheOldestFirst() {
    OpenCall first = opened();
    OpenCall second = opened();

    assertThat(journal().openCalls()).containsExactly(first, second);
  }

  @Test
  void whatWasAnsweredOrRefusedIsListedNoMore() {
    OpenCall answered = opened();
    OpenCall answeredWithoutId = opened();
    OpenCall refused = opened();
    OpenCall left = opened();

    journal().close(answered.id(), CallOutcome.answered("gen_1"));
    journal().close(answeredWithoutId.id(), CallOutcome.answered(null));
    journal().close(refused.id(), CallOutcome.notExecuted());

    assertThat(journal().openCalls()).containsExactly(left);
    assertThat(journal().claims(Set.of("gen_1", "gen_2")))
        .isEqualTo(Map.of("gen_1", answered.id()));
  }

  @Test
  void whatIsSentOnceMoreIsListedOnceWithBothTimes() {
    OpenCall again = opened().sentAgain(Calls.NOW.plusSeconds(60));
    journal().open(again, Calls.PATIENCE);

    assertThat(journal().openCalls()).containsExactly(again);
    assertThat(again.attempts()).isEqualTo(2);
    assertThat(again.openedAt()).isEqualTo(Calls.NOW);
    assertThat(again.lastSentAt()).isEqualTo(Calls.NOW.plusSeconds(60));
  }

  @Test
  void whatIsLostStaysListedUntilItIsSettled() {
    OpenCall call = opened();
    journal().close(call.id(), CallOutcome.unknown(Calls.NOW.plusSeconds(90)));

    assertThat(journal().openCalls()).containsExactly(call.lost(Calls.NOW.plusSeconds(90)));

    journal().close(call.id(), CallOutcome.answered("gen_1"));
    assertThat(journal().openCalls()).isEmpty();
  }

  @Test
  void closingTwiceOrWhatWasNeverOpenedChangesNothing() {
    OpenCall call = opened();
    journal().close("never opened", CallOutcome.notExecuted());
    journal().close("never opened", CallOutcome.unknown(Calls.NOW));
    assertThat(journal().openCalls()).containsExactly(call);

    journal().close(call.id(), CallOutcome.notExecuted());
    journal().close(call.id(), CallOutcome.notExecuted());
    journal().close(call.id(), CallOutcome.unknown(Calls.NOW));
    assertThat(journal().openCalls()).isEmpty();
  }

  @Test
  void aGenerationIsClaimedByOneAndAsOftenAsItLikes() {
    OpenCall first = opened();
    OpenCall second = opened();

    assertThat(journal().claim("gen_1", first, Calls.PATIENCE)).isTrue();
    assertThat(journal().claim("gen_1", second, Calls.PATIENCE)).isFalse();
    assertThat(journal().claim("gen_1", first, Calls.PATIENCE)).isTrue();
    assertThat(journal().claim("gen_2", second, Calls.PATIENCE)).isTrue();
    assertThat(journal().claims(Set.of("gen_1", "gen_2", "gen_3")))
        .isEqualTo(Map.of("gen_1", first.id(), "gen_2", second.id()));
  }

  @Test
  void whatTheServiceAnsweredBelongsToItsCallWhoeverClaimedIt() {
    OpenCall mistaken = opened();
    OpenCall answered = opened();
    journal().claim("gen_1", mistaken, Calls.PATIENCE);

    journal().close(answered.id(), CallOutcome.answered("gen_1"));

    assertThat(journal().claims(Set.of("gen_1"))).isEqualTo(Map.of("gen_1", answered.id()));
    assertThat(journal().claim("gen_1", mistaken, Calls.PATIENCE)).isFalse();
  }

  @Test
  void ofManyThatClaimAtOnceEachGenerationHasOne() throws Exception {
    int threads = 8;
    int generations = 20;
    List<OpenCall> calls = Stream.generate(this::opened).limit(threads).toList();

    List<List<String>> got =
        Together.run(
            threads,
            thread -> {
              List<String> claimed = new ArrayList<>();
              for (int g = 0; g < generations; g++) {
                if (journal().claim("gen_" + g, calls.get(thread), Calls.PATIENCE)) {
                  claimed.add("gen_" + g);
                }
              }
              return claimed;
            });

    assertThat(got.stream().flatMap(List::stream)).hasSize(generations).doesNotHaveDuplicates();
  }

  @Test
  void itsOwnStateIsUnderWayForAllThatShareIt() {
    opened();
    assertThat(journal().openCalls()).extracting(OpenCall::state).containsExactly(State.UNDER_WAY);
  }

  @Test
  void itShowsNoPromptAndNoHash() {
    OpenCall call = opened();
    assertThat(journal().toString() + journal().openCalls())
        .doesNotContain("lighthouse", call.request().whole());
  }
}
