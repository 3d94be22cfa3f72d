package ru.elumenta.examples.comparison;

import java.io.IOException;

/** A way to ask for one image. */
enum Contender {
  ELUMENTA_CLIENT("this client", ThisClient::ask),
  DOCUMENTATION_LOOP("documentation's loop", DocumentationLoop::ask),
  FEIGN_DEFAULTS("Feign's defaults", FeignDefaults::ask);

  /** The paid request of all of them. */
  static final String JSON = "{\"model\":\"dall-e-3\",\"prompt\":\"A lighthouse at dusk\"}";

  private final String title;
  private final Call call;

  Contender(String title, Call call) {
    this.title = title;
    this.call = call;
  }

  private interface Call {
    Learned ask(String url) throws IOException, InterruptedException;
  }

  String title() {
    return title;
  }

  /** Asks for the image, and says what the caller learned. */
  Learned ask(String url) throws InterruptedException {
    try {
      return call.ask(url);
    } catch (IOException e) {
      return Learned.exception(e);
    }
  }
}
