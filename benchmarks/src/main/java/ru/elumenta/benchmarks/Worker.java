package ru.elumenta.benchmarks;

import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.io.PrintStream;

/**
 * A process that does one thing only, so that no other shapes its code. Told on its standard input:
 * {@code warm MILLISECONDS}, {@code run CALLS}, {@code callers CALLS THREADS}, {@code virtual CALLS
 * THREADS}; answers each with a {@link Sample}.
 */
final class Worker {
  private Worker() {}

  public static void main(String[] args) throws Exception {
    PrintStream out = System.out;
    System.setOut(System.err);
    BufferedReader in = new BufferedReader(new InputStreamReader(System.in));
    try (Subject subject = Subjects.of(args[0], args[1])) {
      Meter meter = new Meter(subject);
      out.println("ready");
      for (String line = in.readLine(); line != null; line = in.readLine()) {
        out.println(answer(meter, line.split(" ")).line());
      }
    } catch (Throwable e) {
      e.printStackTrace();
    }
    System.exit(0);
  }

  private static Sample answer(Meter meter, String[] words) throws Exception {
    long number = Long.parseLong(words[1]);
    return switch (words[0]) {
      case "warm" -> meter.warm(number * 1_000_000);
      case "run" -> meter.run(number);
      case "callers" -> meter.run(number, Integer.parseInt(words[2]), false);
      case "virtual" -> meter.run(number, Integer.parseInt(words[2]), true);
      default -> throw new IllegalArgumentException(words[0]);
    };
  }
}
