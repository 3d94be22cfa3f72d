package ru.elumenta.client.internal.transport;

import java.io.OutputStream;
import java.util.List;
import java.util.concurrent.TimeUnit;
import ru.elumenta.client.ElumentaClient;
import ru.elumenta.client.GenerationStream;
import ru.elumenta.client.SpeechFile;
import ru.elumenta.client.api.GenerationsApi;
import ru.elumenta.client.model.GenerationId;

/** Run in a JVM of its own, with a small heap: clients that are built, used once, and closed. */
final class ManyClients {
  private static final int KINDS = 7;

  private ManyClients() {}

  /** Takes the address of the service and how many clients; prints what is left of them. */
  public static void main(String[] args) throws Exception {
    int count = Integer.parseInt(args[1]);
    for (int number = 0; number < count; number++) {
      try (ElumentaClient elumenta =
          ElumentaClient.builder().apiKey("nb_test_0123456789").baseUrl(args[0]).build()) {
        use(elumenta, number % KINDS, args[0]);
      }
    }
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(10);
    while (!ownThreads().isEmpty() && System.nanoTime() < end) {
      TimeUnit.MILLISECONDS.sleep(50);
    }
    System.gc();
    Runtime runtime = Runtime.getRuntime();
    System.out.printf(
        "%d clients of a heap of %d MB; %d MB in use at last; threads %s%n",
        count,
        runtime.maxMemory() >> 20,
        (runtime.totalMemory() - runtime.freeMemory()) >> 20,
        ownThreads());
  }

  private static void use(ElumentaClient elumenta, int kind, String url) {
    switch (kind) {
      case 0 -> elumenta.generate(Streams.prompt());
      case 1 ->
          elumenta
              .async(GenerationsApi.class, api -> api.createGeneration(Streams.prompt()))
              .join();
      case 2 -> {
        try (GenerationStream stream = elumenta.stream(Streams.prompt())) {
          Streams.all(stream);
        }
      }
      case 3 -> {
        try (GenerationStream stream = elumenta.stream(Streams.prompt())) {
          stream.iterator().next(); // and it is left
        }
      }
      case 4 -> elumenta.download(url + "/file.webp").to(OutputStream.nullOutputStream());
      case 5 -> elumenta.transcribe(SpeechFile.of("a.mp3", new byte[100_000]));
      default -> elumenta.attach(GenerationId.of(1)).awaitAsync(); // and it is not waited for
    }
  }

  private static List<String> ownThreads() {
    return Thread.getAllStackTraces().keySet().stream()
        .map(Thread::getName)
        .filter(name -> name.startsWith("elumenta-"))
        .toList();
  }
}
