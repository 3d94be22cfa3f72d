package ru.elumenta.client.journal;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class CallIdsTest {
  private static final int THREADS = 16;
  private static final int EACH = 20_000;

  @Test
  void ofManyThreadsThatAskAtOnceNoTwoGetTheSame() throws Exception {
    Set<String> ids = ConcurrentHashMap.newKeySet();

    Together.run(
        THREADS,
        thread -> {
          for (int n = 0; n < EACH; n++) {
            ids.add(CallIds.next());
          }
          return null;
        });

    assertThat(ids).hasSize(THREADS * EACH);
  }

  @Test
  void eachIsARandomUuidAsOthersUnderstandIt() {
    for (int i = 0; i < 1_000; i++) {
      UUID id = UUID.fromString(CallIds.next());

      assertThat(id.version()).isEqualTo(4);
      assertThat(id.variant()).isEqualTo(2);
    }
  }

  @Test
  void whatIsRandomIsUsedForNoLongerThanAMoment() throws Exception {
    String before = random(CallIds.next());
    TimeUnit.MILLISECONDS.sleep(150);

    assertThat(random(CallIds.next())).isNotEqualTo(before);
  }

  private static String random(String id) {
    return id.substring(0, id.length() - 2);
  }
}
