package ru.elumenta.contract.control;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import ru.elumenta.contract.exchange.RequestMessage;
import ru.elumenta.contract.scenario.Fault;
import ru.elumenta.contract.simulator.FaultCatalog;

/**
 * The page for people: shows what happens, and takes orders as forms. Works without scripts; with
 * them it shows by itself what is new.
 */
final class Console {
  private static final String PATH = "/__elumenta/";
  private static final String ORDERS = PATH + "do/";
  private static final int WRONG = 400;

  private final Simulation simulator;
  private final ConsolePage page;
  private final String style = resource("console.css");
  private final String script = resource("console.js");

  Console(Simulation simulator, CheckedExchanges checked) {
    this.simulator = simulator;
    this.page = new ConsolePage(simulator, checked);
  }

  private static String resource(String name) {
    try (InputStream in = Console.class.getResourceAsStream(name)) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Says whether a request is for a page, and not for a program. */
  static boolean isFor(RequestMessage request) {
    String path = request.path();
    return path.equals("/")
        || path.equals("/__elumenta")
        || path.equals(PATH)
        || path.startsWith(PATH + "console.")
        || path.startsWith(ORDERS);
  }

  Reply answer(RequestMessage request) {
    String path = request.path();
    if (path.startsWith(ORDERS) && request.method().equals("POST")) {
      try {
        obey(path.substring(ORDERS.length()), Query.form(request));
        return Reply.seeOther(PATH);
      } catch (Refused | IllegalArgumentException | IllegalStateException e) {
        return page(e.getMessage(), 0, WRONG);
      }
    }
    if (!request.method().equals("GET") && !request.method().equals("HEAD")) {
      throw new Refused(405, "The page can be read, and its forms be sent.");
    }
    return switch (path) {
      case "/", "/__elumenta", PATH -> page("", Query.number(request, "before", 0), 200);
      case PATH + "console.css" -> Reply.text("text/css", style);
      case PATH + "console.js" -> Reply.text("text/javascript", script);
      default -> throw new Refused(404, "There is no page " + path + ".");
    };
  }

  private Reply page(String message, long before, int status) {
    Reply reply = Reply.text("text/html", page.html(message, before));
    return new Reply(status, reply.type(), reply.body(), null);
  }

  private void obey(String order, Map<String, String> form) {
    switch (order) {
      case "arm" -> arm(form);
      case "healthy" -> simulator.healthy();
      case "advance" ->
          AccountOrder.advance(simulator, form.getOrDefault("by", form.getOrDefault("other", "")));
      case "balance" -> simulator.service().balance(balance(form.getOrDefault("balance", "")));
      case "plan" -> simulator.service().plan(AccountOrder.plan(form.getOrDefault("plan", "")));
      case "exhaust" -> simulator.service().exhaustHour();
      case "expire" -> simulator.service().expireAccessTokens();
      case "reset" -> simulator.reset();
      default -> throw new Refused(404, "There is no order " + order + ".");
    }
  }

  private static long balance(String text) {
    try {
      long balance = Long.parseLong(text.strip());
      if (balance >= 0) {
        return balance;
      }
    } catch (NumberFormatException e) {
      // Refused below.
    }
    throw new Refused(
        WRONG, "A balance is a whole number from 0 on, and not '%s'.".formatted(text));
  }

  /** The button that was clicked names the fault; the fields of the others are of no interest. */
  private void arm(Map<String, String> form) {
    String name = form.getOrDefault("fault", "");
    Map<String, String> arguments = new LinkedHashMap<>();
    form.forEach(
        (field, value) -> {
          if (field.startsWith(name + ".")) {
            arguments.put(field.substring(name.length() + 1), value);
          }
        });
    Fault fault = FaultCatalog.fault(name, arguments);
    String operation = form.getOrDefault("operation", "");
    String model = form.getOrDefault("model", "").strip();
    new FaultOrder(
            fault,
            operation.isEmpty() ? null : operation,
            model.isEmpty() ? null : model,
            FaultOrder.times(form.getOrDefault("times", "1")))
        .arm(simulator.service().faults());
  }
}
