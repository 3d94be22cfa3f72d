package ru.elumenta.redis;

import ru.elumenta.client.ElumentaClient;

/** A worker of a batch, which may be killed at any moment. */
final class FleetBatchProgram {
  private FleetBatchProgram() {}

  /** Takes base URL, key, Redis, and how many items at once. */
  public static void main(String[] args) {
    try (Fleet fleet = Fleet.of(RedisBatchTest.options(args[2]).build());
        ElumentaClient elumenta =
            fleet.applyTo(ElumentaClient.builder().baseUrl(args[0]).apiKey(args[1])).build()) {
      System.out.println("ready");
      System.out.println(fleet.batch("killed").run(elumenta, Integer.parseInt(args[3])));
    }
  }
}
