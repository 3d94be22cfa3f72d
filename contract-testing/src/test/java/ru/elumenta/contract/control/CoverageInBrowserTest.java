package ru.elumenta.contract.control;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.htmlunit.BrowserVersion;
import org.htmlunit.WebClient;
import org.htmlunit.html.HtmlPage;
import org.htmlunit.html.HtmlTable;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.platform.testkit.engine.EngineTestKit;
import ru.elumenta.client.ElumentaClient;
import ru.elumenta.client.model.GenerationRequest;
import ru.elumenta.contract.ElumentaExtension;

/** The page of the coverage, as browsers show it. */
class CoverageInBrowserTest {
  /** Brightness of ink and paper, 0 to 255 each, of what has a colour of its own. */
  private static final String CONTRAST =
      """
      (() => {
        const bright = c => { const [r, g, b] = c.match(/[\\d.]+/g).map(Number); return .299*r + .587*g + .114*b; };
        const paper = e => { for (let at = e; at; at = at.parentElement) {
          const c = getComputedStyle(at).backgroundColor; if (!c.endsWith(', 0)')) return bright(c); } return 255; };
        return Math.min(...[...document.querySelectorAll('h1, th, td, code, .s, .dim')]
          .map(e => Math.abs(bright(getComputedStyle(e).color) - paper(e))));
      })()\
      """;

  @TempDir private Path folder;

  static class OneTest {
    @RegisterExtension
    static final ElumentaExtension ELUMENTA = ElumentaExtension.with(builder -> {}).lenient();

    @Test
    void aPosterIsPaid(ElumentaClient elumenta) {
      elumenta.generate(new GenerationRequest().model("dall-e-3").prompt("A lighthouse"));
    }
  }

  private String page() {
    EngineTestKit.engine("junit-jupiter")
        .selectors(selectClass(OneTest.class))
        .configurationParameter("elumenta.coverage", folder.toString())
        .execute()
        .testEvents()
        .assertStatistics(statistics -> statistics.succeeded(1));
    return folder.resolve("coverage.html").toUri().toString();
  }

  @Test
  void aBrowserFindsTheTablesAndNothingElseToFetch() throws Exception {
    String url = page();
    try (WebClient browser = new WebClient(BrowserVersion.CHROME)) {
      HtmlPage shown = browser.getPage(url);

      HtmlTable operations = shown.getHtmlElementById("operations");
      assertThat(operations.getRowCount()).isGreaterThan(30);
      assertThat(operations.asNormalizedText()).contains("createGeneration");
      assertThat(shown.getTitleText()).isEqualTo("Coverage of the contract");
      assertThat(shown.getByXPath("//script | //*[@src] | //*[@href][not(@href='data:,')]"))
          .isEmpty();
    }
  }

  @Test
  void inChromiumItIsReadableInLightAndDarkAndByKeyboardWithoutAnError() throws Exception {
    Optional<Path> program = Chromium.installed();
    Assumptions.assumeTrue(program.isPresent(), "Chromium is not installed");
    try (Chromium browser = new Chromium(program.get())) {
      String url = page();
      for (String scheme : List.of("light", "dark")) {
        browser.prefer(scheme);
        browser.open(url);
        browser.await("document.readyState === 'complete'");
        assertThat(Double.parseDouble(browser.value(CONTRAST))).as(scheme).isGreaterThan(70);
        double ink =
            Double.parseDouble(
                browser.value("getComputedStyle(document.body).color.match(/\\d+/g)[0]"));
        assertThat(ink > 128).as("light ink in " + scheme).isEqualTo(scheme.equals("dark"));
      }
      browser.press("Tab");
      assertThat(browser.value("document.activeElement.getAttribute('role')")).isEqualTo("region");
      assertThat(browser.errors).isEmpty();
    }
  }
}
