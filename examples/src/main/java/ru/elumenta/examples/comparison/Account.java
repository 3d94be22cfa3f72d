package ru.elumenta.examples.comparison;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** What the server counts and remembers of one account. Thread-safe. */
final class Account {
  /** How long a 429 asks to wait. */
  static final Duration WAIT_ASKED_FOR = Duration.ofSeconds(2);

  private static final int FIRST_ID = 18_600;

  private final Trouble trouble;
  private final List<String> history = new ArrayList<>(); // guarded by this, as is all below
  private int paidRequests;
  private int requests;
  private int early;
  private boolean isLimited;
  private long limitedSince;

  Account(Trouble trouble) {
    this.trouble = trouble;
  }

  /** Counts a request that costs nothing. */
  synchronized void count() {
    requests++;
  }

  /** Counts a paid request, and returns what becomes of it. */
  synchronized Answer next() {
    requests++;
    paidRequests++;
    if (isLimited && System.nanoTime() - limitedSince < WAIT_ASKED_FOR.toNanos()) {
      early++;
      return Answer.LIMITED;
    }
    Answer answer = trouble.answerTo(paidRequests - early);
    isLimited = answer == Answer.LIMITED;
    limitedSince = System.nanoTime();
    return answer;
  }

  /** Makes a generation, which is charged, and returns it as JSON. */
  synchronized String generate() {
    int id = FIRST_ID + history.size();
    history.add(
        0,
        """
        {"id":%d,"model_slug":"dall-e-3","model_name":"DALL-E 3","category":"image",\
        "prompt":"A lighthouse at dusk","status":"completed","result_text":null,\
        "result_url":"https://storage.elumenta.ru/generations/%d.webp","tokens_spent":7,\
        "is_favorited":false,"user_rating":null,"created_at":"%s"}\
        """
            .formatted(id, id, Instant.now()));
    return generation(id);
  }

  /** Returns a generation that was made, as JSON. */
  static String generation(int id) {
    return """
    {"id":%d,"status":"completed","model_slug":"dall-e-3",\
    "result_url":"https://storage.elumenta.ru/generations/%d.webp","tokens_spent":7}\
    """
        .formatted(id, id);
  }

  /** Returns the only page of the history, newest first, as JSON. */
  synchronized String historyPage() {
    return "{\"items\":[%s],\"total\":%d,\"page\":1,\"limit\":100}"
        .formatted(String.join(",", history), history.size());
  }

  synchronized int paidRequests() {
    return paidRequests;
  }

  synchronized int requests() {
    return requests;
  }

  /** Returns how many generations were made, each of them charged. */
  synchronized int charges() {
    return history.size();
  }

  /** Returns how many requests came before the wait was over that a 429 had asked for. */
  synchronized int early() {
    return early;
  }
}
