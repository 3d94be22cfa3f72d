package ru.elumenta.client.journal;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class InMemoryCallJournalTest extends CallJournalContract {
  private final CallJournal journal = CallJournal.inMemory();

  @Override
  protected CallJournal journal() {
    return journal;
  }

  @Test
  void ofLostCallsItKeepsTheNewestAndOfThoseUnderWayAll() {
    CallJournal small = new InMemoryCallJournal(3, 100);
    List<OpenCall> underWay = new ArrayList<>();
    List<OpenCall> lost = new ArrayList<>();
    for (int i = 0; i < 10; i++) {
      OpenCall call = Calls.image();
      small.open(call, Calls.PATIENCE);
      if (i % 2 == 0) {
        underWay.add(call);
      } else {
        lost.add(call);
        small.close(call.id(), CallOutcome.unknown(Calls.NOW));
      }
    }

    assertThat(Calls.ids(small.openCalls()))
        .containsAll(Calls.ids(underWay))
        .doesNotContain(lost.get(0).id(), lost.get(1).id());
  }

  @Test
  void whenClaimsHadToBeForgottenNoOlderCallGetsWhatMayHaveBeenClaimed() {
    CallJournal small = new InMemoryCallJournal(100, 2);
    OpenCall before = Calls.image(Calls.PROMPT, Instant.now().minusSeconds(60));
    OpenCall other = Calls.image(Calls.PROMPT, Instant.now().minusSeconds(60));
    for (int i = 0; i < 3; i++) {
      assertThat(small.claim("gen_" + i, other, Calls.PATIENCE)).isTrue();
    }
    OpenCall after = Calls.image(Calls.PROMPT, Instant.now().plusSeconds(1));

    assertThat(small.claims(Set.of("gen_0", "gen_1", "gen_2"))).containsOnlyKeys("gen_1", "gen_2");
    assertThat(small.claim("gen_0", before, Calls.PATIENCE)).isFalse();
    assertThat(small.claim("gen_3", after, Calls.PATIENCE)).isTrue();
  }

  @Test
  void ofManyCallsAtOnceEachIsListedWhileItIsOpenAndClaimedOnceItIsAnswered() throws Exception {
    List<Map<String, String>> all = Together.run(8, thread -> answered("gen_" + thread + "_", 200));

    for (Map<String, String> answered : all) {
      assertThat(journal.claims(answered.keySet())).isEqualTo(answered);
    }
    assertThat(journal.openCalls()).isEmpty();
  }

  private Map<String, String> answered(String generations, int count) {
    Map<String, String> answered = new HashMap<>();
    for (int i = 0; i < count; i++) {
      OpenCall call = Calls.image();
      journal.open(call, Calls.PATIENCE);
      if (i % 10 == 0) {
        assertThat(journal.openCalls()).contains(call);
      }
      journal.close(call.id(), CallOutcome.answered(generations + i));
      answered.put(generations + i, call.id());
    }
    return answered;
  }
}
