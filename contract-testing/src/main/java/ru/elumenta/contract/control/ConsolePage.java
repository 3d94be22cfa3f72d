package ru.elumenta.contract.control;

import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;
import ru.elumenta.contract.scenario.Plan;
import ru.elumenta.contract.simulator.ArmedFaults;
import ru.elumenta.contract.simulator.FaultCatalog;
import ru.elumenta.contract.simulator.Overview;
import ru.elumenta.contract.simulator.SimulatedService;
import ru.elumenta.contract.simulator.SimulatedService.Seen;

/** The console as HTML. What is marked live is shown anew by the script; forms stay as they are. */
final class ConsolePage {
  private final Simulation simulator;
  private final ConversationSection conversation;

  ConsolePage(Simulation simulator, CheckedExchanges checked) {
    this.simulator = simulator;
    this.conversation = new ConversationSection(checked);
  }

  /**
   * Writes the page.
   *
   * @param message what went wrong, or empty
   * @param before shows the conversation before this exchange only; 0 for the latest
   */
  String html(String message, long before) {
    SimulatedService now = simulator.service();
    List<Seen> seen = now.seen();
    Html html = new Html();
    html.raw(
        """
        <!DOCTYPE html>
        <html lang="en">
        <head>
        <meta charset="utf-8">
        <meta name="viewport" content="width=device-width, initial-scale=1">
        <title>Elumenta simulator</title>
        <link rel="icon" href="data:,">
        <link rel="stylesheet" href="/__elumenta/console.css">
        <script src="/__elumenta/console.js" defer></script>
        </head>
        <body>
        <a class="skip" href="#conversation">To the conversation</a>
        <header>
        <h1>Elumenta simulator</h1>
        """);
    html.put("<p>Base URL <code>{}</code></p>\n", simulator.baseUrl());
    html.raw(
        "<p class=\"refresh\" hidden><label><input type=\"checkbox\" id=\"refresh\" checked> Show"
            + " what is new</label></p>\n</header>\n");
    html.put("<p id=\"message\" role=\"alert\">{}</p>\n<main>\n", message);
    account(html, now.overview(), now.requests(null), conversation.findings(seen));
    html.raw("<div class=\"columns\">\n<div>\n");
    conversation.conversation(html, seen, before);
    conversation.findings(html, seen, now.unreadable());
    html.raw("</div>\n<div>\n");
    jobs(html, now.overview());
    faults(html, now.faults().waiting());
    orders(html);
    html.raw("</div>\n</div>\n</main>\n</body>\n</html>\n");
    return html.toString();
  }

  private static void account(Html html, Overview overview, long requests, int findings) {
    html.raw("<section id=\"account\" data-live aria-label=\"Account\">\n<dl class=\"figures\">\n");
    figure(html, "Balance", overview.balance(), false);
    figure(html, "Charges", overview.charges(), false);
    figure(html, "Tokens charged", overview.tokensCharged(), false);
    figure(html, "Double charges", overview.doubleCharges(), overview.doubleCharges() > 0);
    figure(html, "Requests", requests, false);
    figure(html, "Too early", overview.requestsTooEarly(), overview.requestsTooEarly() > 0);
    figure(html, "Findings", findings, findings > 0);
    html.raw("</dl>\n");
    html.put(
        "<p>Plan <strong>{}</strong>, time <time>{}</time></p>\n",
        overview.plan().wireName(),
        overview.time().truncatedTo(ChronoUnit.SECONDS));
    for (Overview.Window each : overview.windows()) {
      html.put(
          "<p class=\"window\"><label>This {} <meter min=\"0\" max=\"{}\" value=\"{}\"></meter>"
              + " {} of {}, until {}</label></p>\n",
          each.name(),
          each.limit(),
          Math.min(each.used(), each.limit()),
          each.used(),
          each.limit(),
          each.reset());
    }
    html.raw("</section>\n");
  }

  private static void figure(Html html, String name, Object value, boolean isBad) {
    html.raw(isBad ? "<div class=\"bad\">" : "<div>");
    html.put("<dt>{}</dt><dd>{}</dd></div>\n", name, value);
  }

  private static void jobs(Html html, Overview overview) {
    html.raw("<section id=\"jobs\" data-live>\n<h2>Jobs</h2>\n");
    html.raw(
        overview.jobs().isEmpty() ? "<p>Nothing is under way.</p>\n" : "<ul class=\"jobs\">\n");
    for (Overview.Job each : overview.jobs()) {
      html.put(
          "<li><label>{} {} <progress max=\"100\" value=\"{}\"></progress> {} %, until {}</label>"
              + "<br><q>{}</q></li>\n",
          each.id(),
          each.model(),
          each.percent(),
          each.percent(),
          each.end().truncatedTo(ChronoUnit.SECONDS),
          ConversationSection.shortened(each.input()));
    }
    html.raw(overview.jobs().isEmpty() ? "" : "</ul>\n").raw("</section>\n");
  }

  private static void faults(Html html, List<ArmedFaults.Waiting> waiting) {
    html.raw("<section id=\"waiting\" data-live>\n<h2>Faults that wait</h2>\n");
    html.raw(waiting.isEmpty() ? "<p>None.</p>\n" : "<ul>\n");
    for (ArmedFaults.Waiting each : waiting) {
      html.put(
          "<li><strong>{}</strong> for {}{}, {}</li>\n",
          each.fault(),
          each.operation() == null ? "any operation" : each.operation(),
          each.model() == null ? "" : " with " + each.model(),
          each.times() == Integer.MAX_VALUE ? "always" : each.times() + " ×");
    }
    html.raw(waiting.isEmpty() ? "" : "</ul>\n");
    html.raw(
        """
        </section>
        <form method="post" action="/__elumenta/do/healthy"><button>Take all faults back</button></form>
        <section id="arm">
        <h2>Arm a fault</h2>
        <form method="post" action="/__elumenta/do/arm">
        <p class="fields"><label>Operation <select name="operation"><option value="">any</option>
        """);
    for (String each : FaultCatalog.entries().get(0).operations()) {
      html.put("<option>{}</option>\n", each);
    }
    html.raw(
        """
        </select></label>
        <label>Model <input name="model" placeholder="any" size="12"></label>
        <label>Times <input name="times" value="1" size="6" list="times"></label></p>
        <datalist id="times"><option>1</option><option>2</option><option>always</option></datalist>
        <ul class="faults">
        """);
    for (FaultCatalog.Entry each : FaultCatalog.entries()) {
      html.put("<li><button name=\"fault\" value=\"{}\">{}</button>", each.name(), each.name());
      each.parameters()
          .forEach(
              (name, value) ->
                  html.put(
                      " <label>{} <input name=\"{}\" value=\"{}\" size=\"12\"></label>",
                      name,
                      each.name() + "." + name,
                      value));
      html.put(" <span>{}</span></li>\n", each.says());
    }
    html.raw("</ul>\n</form>\n</section>\n");
  }

  private static void orders(Html html) {
    html.raw(
        """
        <section id="time">
        <h2>Time</h2>
        <form method="post" action="/__elumenta/do/advance">
        <p class="fields"><button name="by" value="1m">+1 minute</button>
        <button name="by" value="1h">+1 hour</button>
        <button name="by" value="1d">+1 day</button></p>
        </form>
        <form method="post" action="/__elumenta/do/advance">
        <p class="fields"><label>By <input name="other" value="90s" size="8"></label>
        <button>Advance</button></p>
        </form>
        </section>
        <section id="orders">
        <h2>Account</h2>
        <form method="post" action="/__elumenta/do/balance">
        <p class="fields"><label>Balance <input name="balance" value="0" size="10"></label>
        <button>Set the balance</button></p>
        </form>
        <form method="post" action="/__elumenta/do/plan">
        <p class="fields"><label>Plan <select name="plan">
        """);
    for (Plan each : Plan.values()) {
      html.put("<option>{}</option>\n", each.name().toLowerCase(Locale.ROOT));
    }
    html.raw(
        """
        </select></label>
        <button>Set the plan</button></p>
        </form>
        <div class="fields">
        <form method="post" action="/__elumenta/do/exhaust"><button>Use up this hour</button></form>
        <form method="post" action="/__elumenta/do/expire"><button>Let access tokens expire</button></form>
        <form method="post" action="/__elumenta/do/reset"><button>Forget everything</button></form>
        </div>
        </section>
        """);
  }
}
