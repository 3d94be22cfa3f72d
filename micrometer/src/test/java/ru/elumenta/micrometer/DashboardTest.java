package ru.elumenta.micrometer;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The dashboard asks for what there is, and for all of it. */
class DashboardTest {
  private static final Pattern SELECTOR = Pattern.compile("([a-z][a-z0-9_]*)\\{([^}]*)}");
  private static final Pattern MATCHER = Pattern.compile("([a-z_]+)\\s*(?:=~|!~|!=|=)\"");
  private static final Pattern GROUPING = Pattern.compile("by \\(([^)]*)\\)");
  private static final Pattern LEGEND = Pattern.compile("\\{\\{([a-z_]+)}}");

  private static JsonNode dashboard() throws IOException {
    return new ObjectMapper().readTree(Path.of("..", "docs", "grafana-dashboard.json").toFile());
  }

  private static Map<String, String> queries() throws IOException {
    Map<String, String> queries = new TreeMap<>(); // with their legends
    for (JsonNode panel : dashboard().get("panels")) {
      for (JsonNode target : panel.get("targets")) {
        queries.put(target.get("expr").asText(), target.get("legendFormat").asText());
      }
    }
    return queries;
  }

  private static List<String> all(Pattern pattern, String text) {
    return pattern.matcher(text).results().map(found -> found.group(1)).toList();
  }

  @Test
  void eachQueryAsksForMetersAndLabelsThatThereAre() throws Exception {
    Exposition told = new Exposition(Everything.told().scrape());
    queries()
        .forEach(
            (query, legend) -> {
              Set<String> shared = new TreeSet<>();
              Matcher selector = SELECTOR.matcher(query);
              while (selector.find()) {
                assertThat(told.labels).as(query).containsKey(selector.group(1));
                Set<String> labels = told.labels.get(selector.group(1));
                assertThat(labels).as(query).containsAll(all(MATCHER, selector.group(2)));
                shared.addAll(labels);
              }
              assertThat(shared).as(query).isNotEmpty();
              List<String> grouped =
                  all(GROUPING, query).stream().flatMap(by -> Stream.of(by.split(", *"))).toList();
              assertThat(shared).as(query).containsAll(grouped);
              assertThat(grouped).as(query).containsAll(all(LEGEND, legend));
            });
  }

  @Test
  void nothingThatThereIsIsLeftOut() throws Exception {
    String queries = String.join("\n", queries().keySet());
    Stream.concat(
            Stream.of(ElumentaMeters.values()).map(ElumentaMeters::getName),
            Stream.of(ElumentaObservations.values()).map(ElumentaObservations::getName))
        .map(name -> name.replace('.', '_'))
        .forEach(name -> assertThat(queries).containsPattern(name + "(_seconds|_total|\\{)"));
  }

  @Test
  void theListOfClientsIsAskedForRightly() throws Exception {
    JsonNode client = dashboard().at("/templating/list/1");
    assertThat(client.get("query").asText())
        .isEqualTo("label_values(elumenta_call_seconds_count{}, elumenta_client)");
    assertThat(new Exposition(Everything.told().scrape()).labels.get("elumenta_call_seconds_count"))
        .contains("elumenta_client");
  }
}
