package ru.elumenta.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static ru.elumenta.client.Service.json;

import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.stream.IntStream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import ru.elumenta.client.model.GenerationStatus;
import ru.elumenta.client.model.HistoryItem;
import ru.elumenta.client.options.HistoryFilter;
import ru.elumenta.client.options.RetryOptions;
import ru.elumenta.error.ModelUnavailableException;

/** The history as one sequence, however its pages come. */
class HistoryTest {
  private final Service service = new Service();
  private final ElumentaClient elumenta =
      service.client(new FakeTime()).retry(RetryOptions.none()).build();

  @AfterEach
  void stop() {
    elumenta.close();
    service.close();
  }

  private static ResponseDefinitionBuilder page(String counts, int... ids) {
    List<String> rows = IntStream.of(ids).mapToObj("{\"id\":%d}"::formatted).toList();
    return json(200, "{\"items\":[%s]%s}".formatted(String.join(",", rows), counts));
  }

  private static List<String> ids(Iterable<HistoryItem> rows) {
    return StreamSupport.stream(rows.spliterator(), false)
        .map(row -> String.valueOf(row.getId()))
        .toList();
  }

  private History pagesOfTwo() {
    return elumenta.history(HistoryFilter.all().withPageSize(2));
  }

  @Test
  void allPagesAreReadAndNoneMore() {
    service.answers(
        page(",\"total\":5", 5, 4), page(",\"total\":5", 3, 2), page(",\"total\":5", 1));

    assertThat(ids(pagesOfTwo())).containsExactly("5", "4", "3", "2", "1");
    assertThat(service.requests())
        .extracting(request -> request.getUrl().replaceAll(".*\\?", ""))
        .containsExactly("page=1&limit=2", "page=2&limit=2", "page=3&limit=2");
  }

  @Test
  void pagesAreReadOnlyAsTheyAreNeeded() {
    service.answers(page(",\"total\":500", 9, 8), page(",\"total\":500", 7, 6));

    assertThat(pagesOfTwo().stream().limit(3).map(row -> row.getId().toString()))
        .containsExactly("9", "8", "7");
    assertThat(service.requests()).hasSize(2);
  }

  @Test
  void rowsThatComeMeanwhileAreNotGivenTwice() {
    service.answers(
        page(",\"total\":4", 4, 3),
        page(",\"total\":6", 4, 3), // 6 and 5 came, and pushed them down
        page(",\"total\":6", 2, 1));

    assertThat(ids(pagesOfTwo())).containsExactly("4", "3", "2", "1");
    assertThat(service.requests()).hasSize(3);
  }

  @Test
  void anEmptyPageEndsItWhateverTheCountSays() {
    service.answers(page(",\"total\":90", 4, 3), page(",\"total\":90"));

    assertThat(ids(pagesOfTwo())).containsExactly("4", "3");
  }

  @Test
  void aShortPageDoesNotEndItUnlessTheCountSaysSo() {
    service.answers(page(",\"total\":3", 4), page(",\"total\":3", 3), page(",\"total\":3", 2));

    assertThat(ids(pagesOfTwo())).containsExactly("4", "3", "2");
    assertThat(service.requests()).hasSize(3);
  }

  @Test
  void theNumberOfPagesOfTheSecondDialectEndsIt() {
    service.answers(page(",\"total\":3,\"pages\":2", 4, 3), page(",\"total\":3,\"pages\":2", 2));

    assertThat(ids(pagesOfTwo())).containsExactly("4", "3", "2");
    assertThat(service.requests()).hasSize(2);
  }

  @Test
  void withoutAnyCountAnEmptyPageEndsIt() {
    service.answers(page("", 4, 3), page("", 2), page(""));

    assertThat(ids(pagesOfTwo())).containsExactly("4", "3", "2");
  }

  @Test
  void anEmptyHistoryHasNoRows() {
    service.answers(page(",\"total\":0"));
    Iterator<HistoryItem> rows = elumenta.history().iterator();

    assertThat(rows.hasNext()).isFalse();
    assertThatThrownBy(rows::next).isInstanceOf(NoSuchElementException.class);
    assertThat(service.requests()).hasSize(1);
  }

  @Test
  void aPageThatFailsIsAskedForAgainWhenTheNextRowIs() {
    service.answers(
        page(",\"total\":3", 4, 3), json(503, Samples.MODEL_UNAVAILABLE), page(",\"total\":3", 2));
    Iterator<HistoryItem> rows = pagesOfTwo().iterator();
    rows.next();
    rows.next();

    assertThatThrownBy(rows::next).isInstanceOf(ModelUnavailableException.class);
    assertThat(rows.next().getId()).hasToString("2");
    assertThat(rows.hasNext()).isFalse();
  }

  @Test
  void everyIterationBeginsAnew() {
    service.answers(page(",\"total\":1", 4));
    History history = pagesOfTwo();

    assertThat(ids(history)).containsExactly("4");
    assertThat(ids(history)).containsExactly("4");
    assertThat(service.requests()).hasSize(2);
  }

  @Test
  void filtersAreSentInTheDialectInWhichTheyAreGiven() {
    service.answers(page(",\"total\":0"));

    ids(
        elumenta.history(
            HistoryFilter.all()
                .withCategory("image")
                .withModelSlug("dall-e-3")
                .withStatus(GenerationStatus.COMPLETED)
                .withFavoritesOnly()));
    ids(elumenta.history(HistoryFilter.all().withType("video").withModel("kling-v2.1")));

    assertThat(service.requests())
        .extracting(request -> request.getUrl().replaceAll(".*\\?", ""))
        .containsExactly(
            "page=1&limit=100&category=image&model_slug=dall-e-3&status=completed"
                + "&favorites_only=true",
            "page=1&limit=100&type=video&model=kling-v2.1");
  }

  @Test
  void aPageSizeThatTheServiceRefusesIsRefusedHere() {
    assertThatThrownBy(() -> HistoryFilter.all().withPageSize(101))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("pageSize must be from 1 to 100, but is 101.");
  }
}
