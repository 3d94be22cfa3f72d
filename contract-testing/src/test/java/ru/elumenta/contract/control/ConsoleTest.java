package ru.elumenta.contract.control;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.htmlunit.BrowserVersion;
import org.htmlunit.CollectingAlertHandler;
import org.htmlunit.WebClient;
import org.htmlunit.html.DomElement;
import org.htmlunit.html.HtmlButton;
import org.htmlunit.html.HtmlPage;
import org.htmlunit.html.HtmlTextInput;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import ru.elumenta.contract.ElumentaSimulator;

/** The console in a browser without a window, with scripts and without. */
class ConsoleTest {
  private static final String ATTACK =
      "</pre><script>alert('x')</script><img src=x onerror=alert(1)>\" onfocus=alert(2) '&amp;";

  private final ElumentaSimulator service = ElumentaSimulator.start();
  private final HttpClient http = HttpClient.newHttpClient();
  private final WebClient browser = new WebClient(BrowserVersion.CHROME);
  private final List<String> alerts = new ArrayList<>();

  ConsoleTest() {
    browser.setAlertHandler(new CollectingAlertHandler(alerts));
    browser.getOptions().setJavaScriptEnabled(false);
    browser.getOptions().setThrowExceptionOnFailingStatusCode(false);
  }

  @AfterEach
  void stop() {
    browser.close();
    service.close();
  }

  private HtmlPage page() throws IOException {
    return browser.getPage(service.consoleUrl());
  }

  private void generate(String model, String prompt) throws Exception {
    String body =
        new com.fasterxml.jackson.databind.ObjectMapper()
            .writeValueAsString(Map.of("model", model, "prompt", prompt));
    http.send(
        HttpRequest.newBuilder(URI.create(service.baseUrl() + "/generate"))
            .header("Authorization", "Bearer " + service.apiKey())
            .header("Content-Type", "application/json")
            .POST(BodyPublishers.ofString(body))
            .build(),
        BodyHandlers.ofString());
  }

  private static String text(HtmlPage page, String id) {
    return page.getElementById(id).asNormalizedText();
  }

  private static HtmlButton button(HtmlPage page, String text) {
    return page.getByXPath("//button").stream()
        .map(HtmlButton.class::cast)
        .filter(each -> each.asNormalizedText().equals(text))
        .findFirst()
        .orElseThrow(() -> new AssertionError("There is no button " + text));
  }

  @Test
  void everythingIsReadWithoutScripts() throws Exception {
    generate("dall-e-3", "First");
    service
        .next()
        .to("createGeneration")
        .fail(ru.elumenta.contract.scenario.Fault.gatewayTimeout());
    generate("dall-e-3", "Second");
    generate("dall-e-3", "Second");
    generate("kling-v2.1", "A storm");
    service.advance(java.time.Duration.ofSeconds(5));

    HtmlPage page = page();

    assertThat(page.getTitleText()).isEqualTo("Elumenta simulator");
    assertThat(text(page, "account"))
        .containsSubsequence("Charges", "4", "Double charges", "1", "Requests", "4", "Plan vip")
        .contains("This hour", "4 of 100", "4 of 1000");
    assertThat(page.querySelectorAll("#conversation summary"))
        .extracting(each -> each.asNormalizedText().replaceAll("\\d\\d:\\d\\d:\\d\\d", "T"))
        .containsExactly(
            "4 T POST /api/v2/generate 200 createGeneration",
            "3 T POST /api/v2/generate 200 createGeneration",
            "2 T POST /api/v2/generate 504 createGeneration gatewayTimeout(504)",
            "1 T POST /api/v2/generate 200 createGeneration");
    assertThat(page.getElementById("x1").getTextContent()).contains("\"prompt\":\"First\"");
    assertThat(text(page, "jobs")).contains("kling-v2.1", "%, until", "A storm");
    assertThat(text(page, "findings")).contains("Everything obeyed the contract.");
    assertThat(service.requests()).as("the page is none of them").isEqualTo(4);
    HtmlPage root = browser.getPage(service.consoleUrl().replace("/__elumenta/", "/"));
    assertThat(root.getTitleText()).isEqualTo("Elumenta simulator");
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void aClickArmsAFaultAndAnotherTakesAllBack(boolean withScripts) throws Exception {
    browser.getOptions().setJavaScriptEnabled(withScripts);
    HtmlPage page = page();
    ((HtmlTextInput) page.getElementByName("lateRows.time")).setValue("10m");
    ((HtmlTextInput) page.getElementByName("times")).setValue("always");

    page = after(button(page, "lateRows").click());

    assertThat(text(page, "waiting")).contains("lateRows{time=PT10M} for any operation, always");
    assertThat(text(page, "message")).isEmpty();
    generate("dall-e-3", "Late");
    assertThat(service.charges()).isEqualTo(1);
    page = after(button(page, "Take all faults back").click());
    assertThat(text(page, "waiting")).contains("None.");
    ((HtmlTextInput) page.getElementByName("model")).setValue("gpt-5");
    ((HtmlTextInput) page.getElementByName("times")).setValue("2");
    page = after(button(page, "modelUnavailable").click());
    assertThat(text(page, "waiting")).contains("for any operation with gpt-5, 2 ×");
    assertThat(service.faultsLeft()).isEqualTo(1);
  }

  /** Scripts answer a click in their own time. */
  private HtmlPage after(HtmlPage page) {
    browser.waitForBackgroundJavaScriptStartingBefore(1_000);
    return (HtmlPage) page.getEnclosingWindow().getEnclosedPage();
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void timeIsPutForwardAndTheAccountIsChanged(boolean withScripts) throws Exception {
    browser.getOptions().setJavaScriptEnabled(withScripts);
    generate("kling-v2.1", "A storm");
    HtmlPage page = after(button(page(), "+1 hour").click());
    assertThat(text(page, "account")).contains("2026-03-08T13:00:00Z");
    assertThat(text(page, "jobs")).contains("Nothing is under way.");
    ((HtmlTextInput) page.getElementByName("other")).setValue("90s");
    page = after(button(page, "Advance").click());
    assertThat(text(page, "account")).contains("2026-03-08T13:01:30Z");
    ((HtmlTextInput) page.getElementByName("balance")).setValue("77");
    page = after(button(page, "Set the balance").click());
    assertThat(service.balance()).isEqualTo(77);
    page = after(button(page, "Forget everything").click());
    assertThat(service.charges()).isZero();
    assertThat(text(page, "conversation")).contains("No request came.");
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void whatIsWrongIsSaid(boolean withScripts) throws Exception {
    browser.getOptions().setJavaScriptEnabled(withScripts);
    HtmlPage page = page();
    ((HtmlTextInput) page.getElementByName("times")).setValue("never");
    page = after(button(page, "stall").click());
    assertThat(text(page, "message")).startsWith("times is 'never', and must be");
    ((HtmlTextInput) page.getElementByName("other")).setValue(ATTACK);
    page = after(button(page, "Advance").click());
    assertThat(text(page, "message")).contains("is no duration").contains("<script>");
    assertThat(alerts).isEmpty();
    assertThat(service.faultsLeft()).isZero();
  }

  @Test
  void whatCallersSendIsNeverMarkupAndKeysAreNotShown() throws Exception {
    browser.getOptions().setJavaScriptEnabled(true);
    generate("dall-e-3", ATTACK);
    generate("kling-v2.1", ATTACK + service.apiKey());
    generate(ATTACK, "x");
    http.send(
        HttpRequest.newBuilder(
                URI.create(service.baseUrl() + "/models?%3Cscript%3E=" + service.apiKey()))
            .header("Authorization", "Bearer " + service.apiKey())
            .build(),
        BodyHandlers.ofString());

    HtmlPage page = page();
    browser.waitForBackgroundJavaScriptStartingBefore(1_000);
    String source = page.getWebResponse().getContentAsString();

    assertThat(alerts).isEmpty();
    assertThat(source).doesNotContain(service.apiKey()).doesNotContain("<script>alert");
    assertThat(page.querySelectorAll("script")).hasSize(1);
    assertThat(page.querySelectorAll("img")).isEmpty();
    assertThat(page.querySelectorAll("[onfocus], [onerror]")).isEmpty();
    assertThat(page.getElementById("x1").getTextContent()).contains("</pre><script>alert('x')");
    assertThat(page.getElementById("x4").getTextContent()).contains("[hidden]");
    assertThat(page.getWebResponse().getResponseHeaderValue("Content-Security-Policy"))
        .contains("default-src 'none'")
        .doesNotContain("unsafe");
  }

  @Test
  void everythingThatTakesInputHasALabelAndTheKeyboardReachesIt() throws Exception {
    generate("gpt-5", "Hi");
    HtmlPage page = page();

    String inputs = "//*[self::input or self::select or self::meter or self::progress]";
    assertThat(page.getByXPath(inputs)).hasSizeGreaterThan(20);
    assertThat(page.getByXPath(inputs + "[not(ancestor::label)]")).isEmpty();
    assertThat(page.getByXPath("//*[@tabindex > 0]")).isEmpty();
    assertThat(page.getByXPath("//*[@style]")).as("the policy forbids them").isEmpty();
    assertThat(page.getByXPath("//main | //header | //h1")).hasSize(3);
    assertThat(page.getDocumentElement().getAttribute("lang")).isEqualTo("en");
    List<String> ids = new ArrayList<>();
    page.getByXPath("//*[@id]").forEach(each -> ids.add(((DomElement) each).getId()));
    assertThat(ids).doesNotHaveDuplicates();
  }

  @Test
  void theScriptShowsWhatIsNewAndLeavesOpenWhatIsOpen() throws Exception {
    browser.getOptions().setJavaScriptEnabled(true);
    generate("dall-e-3", "First");
    HtmlPage page = page();
    page.getElementById("x1").setAttribute("open", "");

    generate("dall-e-3", "Second");
    for (int i = 0; i < 20 && page.getElementById("x2") == null; i++) {
      browser.waitForBackgroundJavaScriptStartingBefore(2_000, 1_000);
    }

    assertThat(page.getElementById("x2")).isNotNull();
    assertThat(page.getElementById("x2").hasAttribute("open")).isFalse();
    assertThat(page.getElementById("x1").hasAttribute("open")).isTrue();
    assertThat(text(page, "account")).containsSubsequence("Charges", "2");
  }

  @Test
  void ofAVeryLongConversationOnePageIsShown() throws Exception {
    service.plan(ru.elumenta.contract.scenario.Plan.ELITE);
    for (int i = 1; i <= 130; i++) {
      generate("dall-e-3", "Prompt " + i);
    }
    HtmlPage page = page();
    assertThat(page.querySelectorAll("#conversation details")).hasSize(100);
    page = page.getAnchorByText("Older").click();
    assertThat(page.querySelectorAll("#conversation details")).hasSize(30);
    assertThat(page.getAnchorByText("The latest")).isNotNull();
  }
}
