package ru.elumenta.client.journal;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;

/** A process of its own that opens and closes calls and says so, until it is killed. */
final class JournalProcess {
  private static final int THREADS = 3;
  private static final String CLAIMED = "claimed:";

  /** Small, so that the file is replaced again and again. */
  static final long LEAST_TO_REPLACE = 20_000;

  private final Process process;
  private final List<String> said = new ArrayList<>(); // guarded by itself
  private final Map<String, String> claimed = new HashMap<>();
  private final Thread listener;

  private JournalProcess(Process process) {
    this.process = process;
    this.listener = new Thread(this::listen);
  }

  static JournalProcess start(Path file, long seed) throws IOException {
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-cp",
                System.getProperty("java.class.path"),
                JournalProcess.class.getName(),
                file.toString(),
                Long.toString(seed))
            .redirectErrorStream(true)
            .start();
    JournalProcess started = new JournalProcess(process);
    started.listener.start();
    return started;
  }

  private void listen() {
    try (BufferedReader lines =
        new BufferedReader(
            new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        synchronized (said) {
          said.add(line);
          said.notifyAll();
        }
      }
    } catch (IOException e) {
      // It was killed in the midst of a line.
    }
  }

  /** Waits until it has said so much. */
  void awaitLines(int count) throws InterruptedException {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
    synchronized (said) {
      while (said.size() < count) {
        if (System.nanoTime() > end || !process.isAlive()) {
          throw new AssertionError("It says no more: " + said);
        }
        said.wait(100);
      }
    }
  }

  /** SIGKILL; returns what it had said, by call: the last word. */
  Map<String, String> kill() throws InterruptedException {
    process.toHandle().destroyForcibly(); // Process.destroyForcibly drops what is still to be read
    process.waitFor();
    listener.join();
    Map<String, String> lastWords = new HashMap<>();
    for (String line : said) {
      String[] words = line.split(" ");
      if (words.length != 2 || words[1].length() != 36) {
        if (line.equals(said.get(said.size() - 1))) {
          continue; // cut by the kill
        }
        throw new AssertionError("It failed: " + String.join("\n", said));
      }
      if (words[0].startsWith(CLAIMED)) {
        claimed.put(words[0].substring(CLAIMED.length()), words[1]);
      } else {
        lastWords.put(words[1], words[0]);
      }
    }
    return lastWords;
  }

  /** Returns what it said it had claimed, once it is killed: for whom, by generation. */
  Map<String, String> claimed() {
    return claimed;
  }

  /** The process itself. */
  public static void main(String[] args) {
    FileCallJournal journal = FileCallJournal.at(Path.of(args[0]), LEAST_TO_REPLACE);
    for (int i = 0; i < THREADS; i++) {
      Random random = new Random(Long.parseLong(args[1]) * THREADS + i);
      new Thread(() -> makeCalls(journal, random)).start();
    }
  }

  private static void makeCalls(FileCallJournal journal, Random random) {
    for (int i = 0; true; i++) {
      OpenCall call = Calls.image();
      say("opening", call);
      journal.open(call, Calls.PATIENCE);
      say("opened", call);
      String contested = "gen_" + i; // all threads of all processes want the same
      if (i % 3 == 0 && journal.claim(contested, call, Calls.PATIENCE)) {
        say(CLAIMED + contested, call);
      }
      int end = random.nextInt(20);
      if (end == 0) {
        journal.close(call.id(), CallOutcome.unknown(Calls.NOW));
        say("lost", call);
      } else if (end < 18) {
        say("closing", call);
        journal.close(call.id(), CallOutcome.answered("gen_" + call.id()));
        say("closed", call);
      }
    }
  }

  private static void say(String word, OpenCall call) {
    byte[] line = (word + " " + call.id() + "\n").getBytes(StandardCharsets.UTF_8);
    PrintStream out = System.out;
    synchronized (out) {
      out.write(line, 0, line.length);
      out.flush();
    }
  }
}
