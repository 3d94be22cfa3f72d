package ru.elumenta.client;

import static org.assertj.core.api.Assertions.assertThat;
import static ru.elumenta.client.Service.json;

import feign.QueryMap;
import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import ru.elumenta.client.api.HistoryApi;
import ru.elumenta.client.api.HistoryApi.ListHistoryQuery;
import ru.elumenta.client.model.GenerationStatus;

/** More than three optional things to ask for are one object, not a row of nulls. */
class QueryObjectsTest {
  private static final String PAGE = "{\"items\":[],\"total\":0,\"page\":1,\"limit\":20}";

  private final Service service = new Service().answers(json(200, PAGE));
  private final ElumentaClient elumenta = service.client(new FakeTime()).build();
  private final HistoryApi history = elumenta.api(HistoryApi.class);

  @AfterEach
  void stop() {
    elumenta.close();
    service.close();
  }

  @Test
  void noGeneratedMethodHasMoreThanThreeOptionalArguments() throws ClassNotFoundException {
    Set<String> withObjects = new TreeSet<>();
    for (Contract.Operation operation : Contract.operations()) {
      for (Method method : operation.api().getMethods()) {
        assertThat(Arrays.stream(method.getParameters()).filter(QueryObjectsTest::mayBeLeftOut))
            .as(method.getName())
            .hasSizeLessThanOrEqualTo(3);
        if (Arrays.stream(method.getParameters())
            .anyMatch(each -> each.isAnnotationPresent(QueryMap.class))) {
          withObjects.add(method.getName());
        }
      }
    }
    assertThat(withObjects).containsExactly("listHistory", "listHistoryWithResponse");
  }

  private static boolean mayBeLeftOut(java.lang.reflect.Parameter parameter) {
    return !parameter.isAnnotationPresent(jakarta.annotation.Nonnull.class);
  }

  @Test
  void everythingThatIsSetIsSentUnderItsNameInTheContract() {
    history.listHistory(
        new ListHistoryQuery()
            .page(2L)
            .limit(50L)
            .category("image")
            .modelSlug("dall-e-3")
            .status(GenerationStatus.COMPLETED)
            .favoritesOnly(true)
            .type("a&b=c d")
            .model("м"));

    String[] url = service.requests().get(0).getUrl().split("\\?", 2);
    assertThat(url[0]).isEqualTo("/api/v2/user/history");
    assertThat(url[1].split("&"))
        .containsExactly(
            "page=2",
            "limit=50",
            "category=image",
            "model_slug=dall-e-3",
            "status=completed",
            "favorites_only=true",
            "type=a%26b%3Dc%20d",
            "model=%D0%BC");
  }

  @Test
  void whatIsNotSetIsNotSent() {
    history.listHistory(new ListHistoryQuery().limit(5L));
    history.listHistory(new ListHistoryQuery());
    history.listHistory(null);

    assertThat(service.requests())
        .extracting(request -> request.getUrl())
        .containsExactly(
            "/api/v2/user/history?limit=5", "/api/v2/user/history", "/api/v2/user/history");
    assertThat(service.requests()).allMatch(request -> request.getBody().length == 0);
  }

  @Test
  void queriesAreComparedByWhatTheyAskFor() {
    assertThat(new ListHistoryQuery().page(1L).model("m"))
        .isEqualTo(new ListHistoryQuery().model("m").page(1L))
        .hasSameHashCodeAs(new ListHistoryQuery().model("m").page(1L))
        .isNotEqualTo(new ListHistoryQuery().page(2L).model("m"))
        .hasToString("{page=1, model=m}");
  }
}
