package ru.elumenta.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.platform.testkit.engine.EngineTestKit;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;
import ru.elumenta.client.ElumentaClient;
import ru.elumenta.client.model.GenerationRequest;
import ru.elumenta.contract.exchange.Rule;
import ru.elumenta.contract.scenario.Fault;

/** What tests met of the contract is written down, can be added up, and is a page to read. */
class ContractCoverageTest {
  private static GenerationRequest image() {
    return new GenerationRequest().model("dall-e-3").prompt("A lighthouse at dusk");
  }

  static class SomeTests {
    @org.junit.jupiter.api.extension.RegisterExtension
    static final ElumentaExtension ELUMENTA = ElumentaExtension.with(builder -> {}).lenient();

    @Test
    void aLostAnswerIsFoundAgain(ElumentaSimulator service, ElumentaClient elumenta) {
      service.next().to("createGeneration").fail(Fault.resetAfterProcessing());
      elumenta.generate(image());
    }

    @Test
    void aFaultIsNotSurvived(ElumentaSimulator service, ElumentaClient elumenta) {
      service.next().to("createGeneration").fail(Fault.error(402, "insufficient_tokens"));
      elumenta.generate(image());
    }

    @Test
    void somethingIsMisspelt(ElumentaSimulator service) throws Exception {
      HttpRequest request =
          HttpRequest.newBuilder(URI.create(service.baseUrl() + "/generate"))
              .header("Authorization", "Bearer " + service.apiKey())
              .header("Content-Type", "application/json")
              .POST(
                  HttpRequest.BodyPublishers.ofString(
                      "{\"model\": \"gpt-5\", \"prompt\": \"<b>Hi</b>\", \"<script>\":"
                          + " \"nb_hunter2\"}"))
              .build();
      HttpClient.newHttpClient().send(request, BodyHandlers.ofString());
    }
  }

  private static ContractCoverage runInto(Path folder) throws IOException {
    EngineTestKit.engine("junit-jupiter")
        .selectors(selectClass(SomeTests.class))
        .configurationParameter("elumenta.coverage", folder.toString())
        .execute()
        .testEvents()
        .assertStatistics(statistics -> statistics.succeeded(2).failed(1));
    return CoverageFiles.read(folder.resolve("coverage.json"));
  }

  private static long answered(ContractCoverage coverage, String operation, String status) {
    return coverage.operations().stream()
        .filter(each -> each.id().equals(operation))
        .mapToLong(each -> each.answers().get(status))
        .sum();
  }

  @Test
  void whatWasMetSurvivedPaidAndWrongIsWrittenDown(@TempDir Path folder) throws Exception {
    ContractCoverage coverage = runInto(folder);

    assertThat(coverage.operations()).hasSizeGreaterThan(30);
    assertThat(answered(coverage, "createGeneration", "402")).isEqualTo(1);
    // The answer that was lost is none that the application has met.
    assertThat(answered(coverage, "createGeneration", "200")).isEqualTo(1);
    assertThat(answered(coverage, "createGeneration", "503")).isZero();
    assertThat(coverage.faults())
        .extracting(each -> each.met() + " met, " + each.survived() + " survived")
        .containsExactlyInAnyOrder("1 met, 1 survived", "1 met, 0 survived");
    assertThat(coverage.deviations())
        .singleElement()
        .satisfies(each -> assertThat(each.rule()).isEqualTo(Rule.UNKNOWN_MEMBER));
    assertThat(coverage.charges().generations()).isEqualTo(2);
    assertThat(coverage.charges().twice()).isZero();
    assertThat(coverage.tests()).isEqualTo(new ContractCoverage.Tests(2, 1));
    assertThat(coverage.slowest()).hasSize(3);
    assertThat(coverage.met()).isBetween(2L, coverage.documented() - 100);
  }

  @Test
  void modulesAreAddedUpByAProgram(@TempDir Path folder) throws Exception {
    ContractCoverage one = runInto(folder.resolve("one"));
    runInto(folder.resolve("two"));

    CoverageFiles.main(
        new String[] {
          folder.resolve("all").toString(),
          folder.resolve("one").toString(),
          folder.resolve("two/coverage.json").toString()
        });

    ContractCoverage all = CoverageFiles.read(folder.resolve("all/coverage.json"));
    assertThat(all.met()).isEqualTo(one.met());
    assertThat(answered(all, "createGeneration", "402")).isEqualTo(2);
    assertThat(all.charges().generations()).isEqualTo(4);
    assertThat(all.tests()).isEqualTo(new ContractCoverage.Tests(4, 2));
    assertThat(all.slowest()).hasSize(6);
    assertThat(folder.resolve("all/coverage.html")).exists();
  }

  @Test
  void thePageStandsAloneAndShowsWhatTheFileSays(@TempDir Path folder) throws Exception {
    ContractCoverage coverage = runInto(folder);
    String page = Files.readString(folder.resolve("coverage.html"));

    assertThat(page)
        .contains("prefers-color-scheme: dark")
        .contains("&lt;script&gt;")
        .doesNotContain("<script")
        .doesNotContain("http://")
        .doesNotContain("https://")
        .doesNotContain("hunter2");
    Document document = asXml(page);
    assertThat(rows(document, "operations")).isEqualTo(coverage.operations().size());
    assertThat(rows(document, "faults")).isEqualTo(2);
    assertThat(rows(document, "deviations")).isEqualTo(1);
    assertThat(rows(document, "slowest")).isEqualTo(3);
    assertThat(document.getDocumentElement().getTextContent())
        .contains(coverage.met() + " of " + coverage.documented());
  }

  /** The page is well-formed but for the elements that HTML does not close. */
  private static Document asXml(String page) throws Exception {
    String xml = page.replaceAll("(?s)<head>.*</head>", "").replace("<!DOCTYPE html>", "");
    return DocumentBuilderFactory.newInstance()
        .newDocumentBuilder()
        .parse(
            new java.io.ByteArrayInputStream(
                xml.getBytes(java.nio.charset.StandardCharsets.UTF_8)));
  }

  private static int rows(Document document, String table) {
    NodeList tables = document.getElementsByTagName("table");
    for (int i = 0; i < tables.getLength(); i++) {
      if (tables.item(i) instanceof Element element && element.getAttribute("id").equals(table)) {
        Element body = (Element) element.getElementsByTagName("tbody").item(0);
        return body.getElementsByTagName("tr").getLength();
      }
    }
    throw new AssertionError("no table " + table);
  }

  @Test
  void whoDoesNotWantItSwitchesItOff(@TempDir Path folder) {
    EngineTestKit.engine("junit-jupiter")
        .selectors(selectClass(SomeTests.class))
        .configurationParameter("elumenta.coverage", "off")
        .execute();

    assertThat(Path.of("off")).doesNotExist();
  }

  @Test
  void aFileThatIsNoCoverageIsRefused(@TempDir Path folder) throws Exception {
    Path file = Files.writeString(folder.resolve("coverage.json"), "[]");

    assertThatThrownBy(() -> CoverageFiles.read(file))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("is no coverage");
  }
}
