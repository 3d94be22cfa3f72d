package ru.elumenta.contract.validation.wrong;

import com.github.tomakehurst.wiremock.WireMockServer;
import com.networknt.schema.JsonSchema;
import ru.elumenta.client.internal.net.BaseUrl;
import ru.elumenta.contract.ElumentaSimulator;
import ru.elumenta.contract.validation.wrong.circle.KnowsBack;

/** Everything that a package of rules must not know, so that the test sees its rules bite. */
public final class KnowsTheSimulator {
  private KnowsTheSimulator() {}

  static void stop(ElumentaSimulator simulator, WireMockServer server) {
    simulator.close();
    server.stop();
  }

  static String known(JsonSchema schema) {
    return schema.toString() + KnowsBack.other() + BaseUrl.isOnThisMachine("http://localhost");
  }
}
