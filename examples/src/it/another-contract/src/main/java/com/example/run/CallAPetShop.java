package com.example.run;

import com.example.pets.api.PetsApi;
import com.example.pets.api.PetsApi.FindPetsQuery;
import com.example.pets.model.Card;
import com.example.pets.model.Cash;
import com.example.pets.model.Cat;
import com.example.pets.model.Dog;
import com.example.pets.model.Payment;
import com.example.pets.model.Pet;
import com.example.pets.model.Trick;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Executors;
import ru.elumenta.client.ElumentaClient;
import ru.elumenta.error.CallTimeoutException;
import ru.elumenta.error.NotFoundException;

/** Calls a shop that knows nothing of Elumenta: errors, retries and the deadline are the client's. */
public final class CallAPetShop {
  private static final String CAT =
      "{\"kind\":\"cat\",\"name\":\"Tom\",\"nickname\":null,\"size\":\"huge\",\"born\":\"2024-02-29\","
          + "\"seen\":\"2026-03-08T12:05:00Z\",\"tags\":[\"grey\"],\"lives\":9,\"x_chip\":{\"id\":7}}";
  private static final String DOG = "{\"kind\":\"dog\",\"name\":\"Rex\",\"tricks\":[{\"name\":\"sit\",\"level\":3}]}";

  private static volatile String lastLine;
  private static volatile String lastBody;
  private static volatile int requests;

  private CallAPetShop() {}

  public static void main(String[] args) throws IOException {
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setExecutor(Executors.newCachedThreadPool(CallAPetShop::daemon));
    server.createContext("/v1/", CallAPetShop::answer);
    server.start();
    try {
      call("http://127.0.0.1:" + server.getAddress().getPort() + "/v1");
    } finally {
      server.stop(0);
    }
  }

  private static void call(String url) {
    try (ElumentaClient client = ElumentaClient.builder().apiKey("a-key").baseUrl(url).build()) {
      PetsApi pets = client.api(PetsApi.class);
      listsAreRead(pets);
      inheritanceIsWrittenAndRead(pets);
      aChoiceIsWrittenAndRead(pets);
      errorsAreOurs(pets);
      OfOpenApi31.call(client);
    }
    try (ElumentaClient hasty =
        ElumentaClient.builder()
            .apiKey("a-key")
            .baseUrl(url)
            .callTimeout(Duration.ofMillis(300))
            .build()) {
      theDeadlineHolds(hasty.api(PetsApi.class));
    }
  }

  private static void listsAreRead(PetsApi pets) {
    List<Pet> found =
        pets.findPets(
            "north",
            new FindPetsQuery()
                .kind("cat")
                .tags(List.of("grey", "a&b"))
                .bornAfter(LocalDate.of(2024, 1, 1))
                .seenSince(Instant.parse("2026-03-08T12:00:00Z"))
                .limit(2L));

    check(
        "GET /v1/pets?shop=north&kind=cat&tags=grey&tags=a%26b&born_after=2024-01-01"
            + "&seen_since=2026-03-08T12%3A00%3A00Z&limit=2",
        lastLine);
    Cat cat = (Cat) found.get(0);
    check(9L, cat.getLives());
    check(LocalDate.of(2024, 2, 29), cat.getBorn());
    check(Instant.parse("2026-03-08T12:05:00Z"), cat.getSeen());
    check(null, cat.getNickname());
    check(Pet.SizeEnum.UNKNOWN_DEFAULT_OPEN_API, cat.getSize());
    check("{id=7}", String.valueOf(cat.getAdditionalProperty("x_chip")));
    Dog dog = (Dog) found.get(1);
    check(3, dog.getTricks().get(0).getAdditionalProperty("level"));
    check(found, pets.findPets("north", null));
    check("GET /v1/pets?shop=north", lastLine);
  }

  private static void inheritanceIsWrittenAndRead(PetsApi pets) {
    Dog dog = new Dog();
    dog.name("Rex").putAdditionalProperty("x_from", "Bonn");
    dog.addTricksItem(new Trick().name("sit"));

    Pet same = pets.addPet(dog);

    check(
        "{\"kind\":\"dog\",\"tricks\":[{\"name\":\"sit\"}],\"name\":\"Rex\",\"x_from\":\"Bonn\"}",
        lastBody);
    check(Dog.class, same.getClass());
    check("Bonn", same.getAdditionalProperty("x_from"));
  }

  private static void aChoiceIsWrittenAndRead(PetsApi pets) {
    Payment card = pets.payForPet("7", new Card().number("4242"));
    check("{\"by\":\"card\",\"number\":\"4242\"}", lastBody);
    check("4242", ((Card) card).getNumber());

    Payment cash = pets.payForPet("7", new Cash().change(0.5).putAdditionalProperty("x", 1));
    check("{\"by\":\"cash\",\"change\":0.5,\"x\":1}", lastBody);
    check(0.5, ((Cash) cash).getChange());
  }

  private static void errorsAreOurs(PetsApi pets) {
    try {
      pets.getPet("missing");
      throw new IllegalStateException("The pet was found.");
    } catch (NotFoundException e) {
      check(404, e.context().status().orElseThrow());
    }
    requests = 0;
    check("Tom", pets.getPet("busy").getName()); // 503 once, then the cat
    check(2, requests);
  }

  private static void theDeadlineHolds(PetsApi pets) {
    long began = System.nanoTime();
    try {
      pets.getPet("slow");
      throw new IllegalStateException("It was not slow.");
    } catch (CallTimeoutException e) {
      long millis = Duration.ofNanos(System.nanoTime() - began).toMillis();
      check(true, millis >= 250 && millis < 5_000);
    }
  }

  private static void answer(HttpExchange exchange) throws IOException {
    requests++;
    lastLine = exchange.getRequestMethod() + " " + exchange.getRequestURI().toASCIIString();
    lastBody = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
    String path = exchange.getRequestURI().getPath();
    if (path.endsWith("/slow")) {
      return; // and never a word
    }
    boolean isBusy = path.endsWith("/busy") && requests == 1;
    int status = path.endsWith("/missing") ? 404 : isBusy ? 503 : 200;
    String body =
        status == 404
            ? "{\"error\":\"not_found\",\"message\":\"No such pet\"}"
            : status == 503
                ? "{\"error\":\"model_unavailable\"}"
                : !lastBody.isEmpty() ? lastBody : path.endsWith("/pets") ? "[" + CAT + "," + DOG + "]" : CAT;
    byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
    exchange.getResponseHeaders().add("Content-Type", "application/json");
    exchange.sendResponseHeaders(status, bytes.length);
    exchange.getResponseBody().write(bytes);
    exchange.close();
  }

  private static Thread daemon(Runnable work) {
    Thread thread = new Thread(work, "pet-shop");
    thread.setDaemon(true);
    return thread;
  }

  static void check(Object expected, Object found) {
    if (!Objects.equals(expected, found)) {
      throw new IllegalStateException("expected " + expected + " but found " + found);
    }
  }
}
