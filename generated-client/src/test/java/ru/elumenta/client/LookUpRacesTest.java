package ru.elumenta.client;

import static org.assertj.core.api.Assertions.assertThat;

import feign.Client;
import feign.Request;
import feign.Response;
import java.io.IOException;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import ru.elumenta.client.api.GenerationsApi;
import ru.elumenta.client.options.TimeSource;

/** Orders of events in which a look-up could pay twice, or give one generation to two calls. */
class LookUpRacesTest {
  private final SimulatedTime time = new SimulatedTime();
  private final CountingService service = new CountingService();
  private final List<String> got = new CopyOnWriteArrayList<>();

  /** Creates a generation at once, answers when and how it is told, and shows all it made. */
  private final class CountingService implements Client {
    private final Deque<Answer> answers = new ArrayDeque<>();
    private final List<String> rows = new ArrayList<>();

    /** What becomes of the answer to one request that creates. */
    interface Answer {
      void await() throws IOException, InterruptedException;
    }

    synchronized int charges() {
      return rows.size();
    }

    @Override
    public Response execute(Request request, Request.Options options) throws IOException {
      if (!request.url().endsWith("/generate")) {
        return request.url().contains("/user/history")
            ? answer(request, history())
            : answer(request, completed(request.url().replaceFirst(".*/", "")));
      }
      String id;
      Answer answer;
      synchronized (this) {
        id = String.valueOf(rows.size() + 1);
        rows.add(0, row(id));
        answer = answers.isEmpty() ? () -> {} : answers.remove();
      }
      try {
        answer.await();
      } catch (InterruptedException e) {
        throw new AssertionError(e);
      }
      return answer(request, completed(id));
    }

    private String row(String id) {
      return """
      {"id":%s,"model_slug":"dall-e-3","prompt":"A lighthouse at dusk","status":"completed",
       "created_at":"%s"}\
      """
          .formatted(id, time.now());
    }

    private synchronized String history() {
      return "{\"items\":[%s],\"total\":%d}".formatted(String.join(",", rows), rows.size());
    }

    private static String completed(String id) {
      return "{\"id\":%s,\"status\":\"completed\"}".formatted(id);
    }

    private Response answer(Request request, String body) {
      String date = DateTimeFormatter.RFC_1123_DATE_TIME.format(time.now().atZone(ZoneOffset.UTC));
      return Response.builder()
          .status(200)
          .headers(Map.of("Date", List.of(date)))
          .request(request)
          .body(body.getBytes(StandardCharsets.UTF_8))
          .build();
    }
  }

  private ElumentaClient client(TimeSource clock) {
    return ElumentaClient.builder()
        .apiKey(Service.KEY)
        .transport(service)
        .timeSource(clock)
        .attemptTimeout(Duration.ofMinutes(2))
        .callTimeout(Duration.ofMinutes(5))
        .build();
  }

  private CountingService.Answer lostAfter(Duration duration) {
    return () -> {
      time.sleep(duration);
      throw new SocketTimeoutException();
    };
  }

  private Runnable callAt(ElumentaClient elumenta, Duration start) {
    return () -> {
      try {
        time.sleep(start);
      } catch (InterruptedException e) {
        throw new AssertionError(e);
      }
      got.add(
          elumenta.api(GenerationsApi.class).createGeneration(Samples.image()).getId().toString());
    };
  }

  @Test
  void aLostCallTakesItsOwnRowAndNotThatOfALaterOneUnderWay() throws InterruptedException {
    service.answers.add(lostAfter(Duration.ofSeconds(60)));
    service.answers.add(lostAfter(Duration.ofSeconds(60)));
    try (ElumentaClient elumenta = client(time)) {
      time.run(List.of(callAt(elumenta, Duration.ZERO), callAt(elumenta, Duration.ofSeconds(30))));
    }

    assertThat(service.charges()).isEqualTo(2);
    assertThat(got).containsExactly("1", "2");
  }

  @Test
  void ofTwoLostCallsTheFirstTakesTheOlderRowAndLeavesTheOtherToTheSecond()
      throws InterruptedException {
    service.answers.add(lostAfter(Duration.ofSeconds(60)));
    service.answers.add(lostAfter(Duration.ofSeconds(30)));
    try (ElumentaClient elumenta = client(time)) {
      time.run(List.of(callAt(elumenta, Duration.ZERO), callAt(elumenta, Duration.ofSeconds(30))));
    }

    assertThat(service.charges()).isEqualTo(2);
    assertThat(got).containsExactlyInAnyOrder("1", "2");
  }

  @Test
  void aRowThatMayBeThatOfACallUnderWayIsNotTakenBeforeThatHasItsOwn() throws InterruptedException {
    service.answers.add(() -> time.sleep(Duration.ofSeconds(90)));
    service.answers.add(lostAfter(Duration.ofSeconds(5)));
    try (ElumentaClient elumenta = client(time)) {
      time.run(List.of(callAt(elumenta, Duration.ZERO), callAt(elumenta, Duration.ofSeconds(1))));
    }

    assertThat(service.charges()).isEqualTo(2);
    assertThat(got).containsExactly("1", "2"); // the second once the first had got its own
  }

  @Test
  void aClockThatIsSetBackDuringTheCallDoesNotHideWhatItMade() throws InterruptedException {
    SettableClock clock = new SettableClock();
    service.answers.add(
        () -> {
          clock.ahead = Duration.ZERO;
          throw new SocketException("reset");
        });
    try (ElumentaClient elumenta = client(clock)) {
      time.run(List.of(callAt(elumenta, Duration.ZERO)));
    }

    assertThat(service.charges()).isEqualTo(1);
    assertThat(got).containsExactly("1");
  }

  /** A machine whose wall clock is wrong until somebody sets it. */
  private final class SettableClock implements TimeSource {
    private volatile Duration ahead = Duration.ofSeconds(10);

    @Override
    public Instant now() {
      return time.now().plus(ahead);
    }

    @Override
    public long nanoTime() {
      return time.nanoTime();
    }

    @Override
    public void sleep(Duration duration) throws InterruptedException {
      time.sleep(duration);
    }
  }
}
