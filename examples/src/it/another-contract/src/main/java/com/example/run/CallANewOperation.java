package com.example.run;

import com.example.api.VoicesApi;
import com.example.model.Preview;
import com.example.model.PreviewRequest;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.atomic.AtomicInteger;
import ru.elumenta.client.ElumentaClient;
import ru.elumenta.client.options.RetryOptions;

/** Calls the operation of the other contract; a second attempt shows that its mark was obeyed. */
public final class CallANewOperation {
  private CallANewOperation() {}

  public static void main(String[] args) throws IOException {
    AtomicInteger requests = new AtomicInteger();
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/api/v3/voices/nova/preview",
        exchange -> {
          byte[] body =
              "{\"id\":7,\"status\":\"completed\",\"created_at\":\"2026-03-08T12:05:00Z\"}"
                  .getBytes(StandardCharsets.UTF_8);
          if (requests.incrementAndGet() == 1) {
            exchange.sendResponseHeaders(502, -1);
          } else {
            exchange.sendResponseHeaders(200, body.length);
            exchange.getResponseBody().write(body);
          }
          exchange.close();
        });
    server.start();
    try (ElumentaClient elumenta =
        ElumentaClient.builder()
            .apiKey("nb_not_a_real_key")
            .baseUrl("http://127.0.0.1:" + server.getAddress().getPort() + "/api/v3")
            .retry(RetryOptions.defaults())
            .build()) {
      Preview preview =
          elumenta.api(VoicesApi.class).previewVoice("nova", new PreviewRequest().text("Hi"));
      if (requests.get() != 2 || !preview.getId().toString().equals("7")) {
        throw new IllegalStateException(requests + " requests, answer " + preview);
      }
    } finally {
      server.stop(0);
    }
  }
}
