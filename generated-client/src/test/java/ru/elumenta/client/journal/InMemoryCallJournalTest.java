package ru.elumenta.client.journal;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
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
    int threads = 8;
    int each = 200;
    CyclicBarrier start = new CyclicBarrier(threads);
    ExecutorService pool = Executors.newFixedThreadPool(threads);
    List<Future<Map<String, String>>> calls = new ArrayList<>();
    try {
      for (int thread = 0; thread < threads; thread++) {
        String name = "gen_" + thread + "_";
        calls.add(
            pool.submit(
                () -> {
                  start.await();
                  Map<String, String> answered = new HashMap<>();
                  for (int i = 0; i < each; i++) {
                    OpenCall call = Calls.image();
                    journal.open(call, Calls.PATIENCE);
                    if (i % 10 == 0) {
                      assertThat(journal.openCalls()).contains(call);
                    }
                    journal.close(call.id(), CallOutcome.answered(name + i));
                    answered.put(name + i, call.id());
                  }
                  return answered;
                }));
      }
      for (Future<Map<String, String>> answered : calls) {
        Map<String, String> expected = answered.get(60, TimeUnit.SECONDS);
        assertThat(journal.claims(expected.keySet())).isEqualTo(expected);
      }
    } finally {
      pool.shutdownNow();
    }

    assertThat(journal.openCalls()).isEmpty();
  }
}
