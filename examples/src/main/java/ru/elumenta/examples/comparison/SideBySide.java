package ru.elumenta.examples.comparison;

import java.io.IOException;
import java.io.PrintStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * One paid request through three clients and ten kinds of trouble: how often it reached the server,
 * how often it was charged, and what its caller learned.
 */
public final class SideBySide {
  private static final String ROW = "%-35s  %-20s  %5s  %7s  %4s  %8s  %5s  %5s  %s%n";
  private static final String SUM = "%-20s  %8s  %5s  %7s  %10s  %4s  %5s%n";

  private SideBySide() {}

  /** Runs and prints. */
  public static void main(String[] arguments) throws IOException, InterruptedException {
    print(run(), System.out);
  }

  /**
   * What came of one request.
   *
   * @param paidRequests how many POSTs reached the server
   * @param charges how many generations it made
   * @param requests how many requests of all kinds reached it
   * @param early how many came before the wait was over that it had asked for
   */
  record Row(
      Trouble trouble,
      Contender contender,
      int paidRequests,
      int charges,
      int requests,
      int early,
      Duration time,
      Learned learned) {

    boolean isPaidTwice() {
      return charges > 1;
    }

    boolean isLost() {
      return charges > 0 && !learned.hasResult();
    }
  }

  static List<Row> run() throws IOException, InterruptedException {
    for (Contender contender : Contender.values()) {
      run(Trouble.NONE, contender); // loading classes takes most of the shortened time-out
    }
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
    Account account = new Account(trouble);
    try (UnreliableServer server = new UnreliableServer(account)) {
      long start = System.nanoTime();
      Learned learned = contender.ask(server.url());
      Duration time = Duration.ofNanos(System.nanoTime() - start);
      return new Row(
          trouble,
          contender,
          account.paidRequests(),
          account.charges(),
          account.requests(),
          account.early(),
          time,
          learned);
    }
  }

  private static void print(List<Row> rows, PrintStream out) {
    out.printf(
        ROW,
        "trouble",
        "client",
        "POSTs",
        "charged",
        "told",
        "requests",
        "early",
        "time",
        "the caller got");
    for (Row row : rows) {
      out.printf(
          ROW,
          row.contender().ordinal() == 0 ? row.trouble().title() : "",
          row.contender().title(),
          row.paidRequests(),
          row.charges(),
          row.learned().charges(),
          row.requests(),
          row.early(),
          "%.1f s".formatted(row.time().toMillis() / 1e3),
          row.learned().text());
    }
    out.println();
    out.printf(SUM, "in all", "requests", "POSTs", "charged", "paid twice", "lost", "early");
    for (Contender contender : Contender.values()) {
      List<Row> own = rows.stream().filter(row -> row.contender() == contender).toList();
      out.printf(
          SUM,
          contender.title(),
          own.stream().mapToInt(Row::requests).sum(),
          own.stream().mapToInt(Row::paidRequests).sum(),
          own.stream().mapToInt(Row::charges).sum(),
          own.stream().filter(Row::isPaidTwice).count(),
          own.stream().filter(Row::isLost).count(),
          own.stream().mapToInt(Row::early).sum());
    }
    out.printf(
        """

        told: what the caller can tell of the charges; by a status, if it knows the documentation.
        Divided by %d: the time-out of 60 s of all three, and the waits of the loop, so that for the
        loop the %d s of the 429 are %d. Not divided: the waits of this client and of Feign.
        """,
        TimeScale.DIVISOR,
        Account.WAIT_ASKED_FOR.toSeconds(),
        Account.WAIT_ASKED_FOR.toSeconds() * TimeScale.DIVISOR);
  }
}
