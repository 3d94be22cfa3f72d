package ru.elumenta.contract.control;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import ru.elumenta.contract.ElumentaSimulator;
import ru.elumenta.contract.scenario.Fault;

/**
 * The console in a real browser, where one is installed. {@code -Delumenta.screenshot=file.png}
 * makes the picture of the documentation.
 */
class ConsoleInChromiumTest {
  private static final String FOCUSED = "document.activeElement.";

  private final ElumentaSimulator service = ElumentaSimulator.start();
  private final HttpClient http = HttpClient.newHttpClient();
  private Chromium browser;

  @BeforeEach
  void start() throws Exception {
    Optional<Path> program = Chromium.installed();
    Assumptions.assumeTrue(program.isPresent(), "Chromium is not installed");
    browser = new Chromium(program.get());
  }

  @AfterEach
  void stop() throws Exception {
    if (browser != null) {
      browser.close();
    }
    service.close();
  }

  private void generate(String body) throws IOException, InterruptedException {
    http.send(
        HttpRequest.newBuilder(URI.create(service.baseUrl() + "/generate"))
            .header("Authorization", "Bearer " + service.apiKey())
            .header("Content-Type", "application/json")
            .POST(BodyPublishers.ofString(body))
            .build(),
        BodyHandlers.ofString());
  }

  private static String request(String model, String prompt) {
    return "{\"model\":\"%s\",\"prompt\":\"%s\"}".formatted(model, prompt);
  }

  private void tabTo(String condition) throws Exception {
    for (int i = 0; i < 300; i++) {
      browser.press("Tab");
      if (browser.value(FOCUSED + condition).equals("true")) {
        return;
      }
    }
    throw new AssertionError("The keyboard never reached " + condition);
  }

  @Test
  void theKeyboardOpensDetailsAndArmsAFaultAndTheBrowserHasNothingToComplainOf() throws Exception {
    generate(request("dall-e-3", "</pre><script>document.title='hacked'</script>"));
    browser.open(service.consoleUrl());

    browser.press("Tab");
    assertThat(browser.value(FOCUSED + "textContent")).isEqualTo("To the conversation");
    tabTo("closest('details#x1') !== null");
    browser.press("Enter");
    browser.await("document.getElementById('x1').open");
    generate(request("dall-e-3", "Second"));
    browser.await("document.getElementById('x2') !== null");
    assertThat(browser.value("document.getElementById('x1').open")).isEqualTo("true");
    assertThat(browser.value("document.activeElement.closest('details').id"))
        .as("the focus stays when new lines come")
        .isEqualTo("x1");
    tabTo("value === 'gatewayTimeout'");
    browser.press("Space");
    browser.await("document.getElementById('waiting').textContent.includes('gatewayTimeout')");

    assertThat(service.faultsLeft()).isEqualTo(1);
    assertThat(browser.value("document.title")).isEqualTo("Elumenta simulator");
    assertThat(browser.value("document.querySelectorAll('script').length")).isEqualTo("1");
    assertThat(browser.errors).isEmpty();
  }

  @Test
  void itIsReadInLightAndInDark() throws Exception {
    service.next().to("createGeneration").fail(Fault.gatewayTimeout());
    generate(request("dall-e-3", "A lighthouse at dusk"));
    generate(request("dall-e-3", "A lighthouse at dusk"));
    generate(request("gpt-5", "Name three seas"));
    generate("{\"model\":\"gpt-5\",\"promt\":\"A misspelt member\"}");
    generate(request("kling-v2.1", "Waves that break on a pier"));
    service.advance(Duration.ofSeconds(9));
    service.next(2).forModel("flux-1.1-pro").fail(Fault.modelUnavailable());
    browser.prefer("light");
    browser.open(service.consoleUrl());
    browser.await("document.querySelectorAll('#conversation details').length === 5");
    String color = "getComputedStyle(document.body).backgroundColor";
    assertThat(browser.value(color)).isEqualTo("rgb(255, 255, 255)");
    assertThat(contrast()).isGreaterThan(4.5);
    String file = System.getProperty("elumenta.screenshot");
    if (file != null) {
      browser.value("document.getElementById('x4').open = true");
      Files.write(Path.of(file), browser.screenshot());
    }

    browser.prefer("dark");
    assertThat(browser.value(color)).isEqualTo("rgb(13, 17, 23)");
    assertThat(contrast()).isGreaterThan(4.5);
    assertThat(browser.value("document.documentElement.scrollWidth <= innerWidth"))
        .as("nothing hangs over")
        .isEqualTo("true");
    assertThat(browser.errors).isEmpty();
  }

  /** The least contrast of any text with what is behind it, as WCAG reckons it. */
  private double contrast() throws Exception {
    return Double.parseDouble(
        browser.value(
            """
            (() => {
              const parts = (color) => color.match(/[\\d.]+/g).map(Number);
              const light = (color) => {
                const [r, g, b] = parts(color).map((each) => each / 255)
                  .map((each) => each <= 0.03928 ? each / 12.92 : ((each + 0.055) / 1.055) ** 2.4);
                return 0.2126 * r + 0.7152 * g + 0.0722 * b;
              };
              const behind = (element) => {
                for (let each = element; each; each = each.parentElement) {
                  const color = getComputedStyle(each).backgroundColor;
                  if (parts(color).length < 4 || parts(color)[3] > 0) return color;
                }
                return 'rgb(255, 255, 255)';
              };
              let least = 21;
              for (const each of document.querySelectorAll('body *')) {
                const own = [...each.childNodes].some((node) => node.nodeType === 3 && node.data.trim());
                if (!own || !each.getClientRects().length) continue;
                const [a, b] = [light(getComputedStyle(each).color), light(behind(each))];
                least = Math.min(least, (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05));
              }
              return String(least);
            })()
            """));
  }
}
