package ru.elumenta.benchmarks;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;

/**
 * Prints what the client costs beside others, as tables in Markdown. The names of the tables
 * wanted, with commas between them, are the first argument; without one all are printed.
 */
final class Benchmarks {
  private static final Map<String, Callable<Void>> TABLES = new LinkedHashMap<>();

  static {
    TABLES.put("memory", table(CallTables::memory));
    TABLES.put("loopback", table(CallTables::loopback));
    TABLES.put("callers", table(CallTables::callers));
    TABLES.put("start", table(StartTable::print));
    TABLES.put("jobs", table(JobsTable::print));
    TABLES.put("streams", table(Transfers::streams));
    TABLES.put("files", table(Transfers::files));
    TABLES.put("large", table(Transfers::largeAnswers));
    TABLES.put("growth", table(GrowthTables::print));
    TABLES.put("size", table(SizeTable::print));
  }

  private Benchmarks() {}

  @FunctionalInterface
  private interface Printing {
    void print() throws Exception;
  }

  private static Callable<Void> table(Printing printing) {
    return () -> {
      printing.print();
      return null;
    };
  }

  public static void main(String[] args) throws Exception {
    String wanted = args.length == 0 ? "all" : args[0];
    List<String> names =
        wanted.equals("all") ? List.copyOf(TABLES.keySet()) : List.of(wanted.split(","));
    System.out.printf(
        "JDK %s, %d processors%n", Runtime.version(), Runtime.getRuntime().availableProcessors());
    long begin = System.nanoTime();
    for (String name : names) {
      Callable<Void> table = TABLES.get(name);
      if (table == null) {
        throw new IllegalArgumentException(
            "There is no table " + name + "; there are " + TABLES.keySet() + ".");
      }
      table.call();
    }
    System.out.printf("%nTook %d s.%n", (System.nanoTime() - begin) / 1_000_000_000L);
    System.exit(0);
  }
}
