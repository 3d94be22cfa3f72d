package ru.elumenta.examples.comparison;

import java.io.IOException;
import java.io.PrintStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * One paid request through three clients and ten kinds of trouble: how often it reached the server,
 * how often it was charged, and what its caller learned.
 */
public final class SideBySide {
  /**
   * What came of one request.
   *
   * @param paidRequests how many POSTs reached the server
   * @param charges how many generations it made
   * @param requests how many requests of all kinds reached it
   * @param early how many came before the wait was over that it had asked for
   * @param learned what the caller was left with
   */
  record Row(
      Trouble trouble,
      Contender contender,
      int paidRequests,
      int charges,
      int requests,
      int early,
      Duration time,
      String learned) {

    boolean isPaidTwice() {
      return charges > 1;
    }

    boolean isLost() {
      return charges > 0 && !learned.startsWith(Contender.RESULT);
    }
  }

  private SideBySide() {}

  /** Runs and prints. */
  public static void main(String[] arguments) throws IOException, InterruptedException {
    print(run(), System.out);
  }

  static List<Row> run() throws IOException, InterruptedException {
    List<Row> rows = new ArrayList<>();
    for (Trouble trouble : Trouble.values()) {
      for (Contender contender : Contender.values()) {
        rows.add(run(trouble, contender));
      }
    }
    return rows;
  }

  private static Row run(Trouble trouble, Contender contender)
      throws IOException, InterruptedException {
    try (UnreliableServer server = new UnreliableServer(trouble)) {
      long start = System.nanoTime();
      String learned;
      try {
        learned = contender.ask(server.url());
      } catch (IOException e) {
        learned = e.getClass().getSimpleName() + ": " + e.getMessage();
      }
      Duration time = Duration.ofNanos(System.nanoTime() - start);
      return new Row(
          trouble,
          contender,
          server.paidRequests(),
          server.charges(),
          server.requests(),
          server.early(),
          time,
          learned);
    }
  }

  private static void print(List<Row> rows, PrintStream out) {
    out.printf(
        "%-37s %-21s %5s %8s %9s %6s %7s  %s%n",
        "trouble", "client", "POSTs", "charged", "requests", "early", "time", "the caller got");
    for (Row row : rows) {
      out.printf(
          "%-37s %-21s %5d %8d %9d %6d %5.1f s  %s%n",
          row.contender().ordinal() == 0 ? row.trouble().title() : "",
          row.contender().title(),
          row.paidRequests(),
          row.charges(),
          row.requests(),
          row.early(),
          row.time().toMillis() / 1e3,
          row.learned());
    }
    for (Contender contender : Contender.values()) {
      out.printf(
          "%n%s: %d times paid twice, %d results paid for and lost, %d requests too early",
          contender.title(),
          of(rows, contender).filter(Row::isPaidTwice).count(),
          of(rows, contender).filter(Row::isLost).count(),
          of(rows, contender).mapToInt(Row::early).sum());
    }
    out.printf(
        "%n%nThe documentation's and Feign's time-outs and the loop's waits are divided by %d.%n",
        Contender.SPEED);
  }

  private static Stream<Row> of(List<Row> rows, Contender contender) {
    return rows.stream().filter(row -> row.contender() == contender);
  }
}
