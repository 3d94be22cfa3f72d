package ru.elumenta.benchmarks;

/**
 * What a number of calls took of the whole process.
 *
 * @param calls how many
 * @param cpu nanoseconds of CPU, compiler and collector included
 * @param wall nanoseconds on the clock
 * @param bytes allocated
 * @param switches voluntary switches of threads; 0 where the system does not tell
 */
record Sample(long calls, long cpu, long wall, long bytes, long switches) {
  static Sample parse(String line) {
    String[] parts = line.split(" ");
    return new Sample(
        Long.parseLong(parts[1]),
        Long.parseLong(parts[2]),
        Long.parseLong(parts[3]),
        Long.parseLong(parts[4]),
        Long.parseLong(parts[5]));
  }

  /** As {@link #parse} reads it. */
  String line() {
    return "sample %d %d %d %d %d".formatted(calls, cpu, wall, bytes, switches);
  }

  double cpuMicros() {
    return cpu / 1e3 / calls;
  }

  double wallMicros() {
    return wall / 1e3 / calls;
  }

  double kilobytes() {
    return bytes / 1e3 / calls;
  }

  double switchesEach() {
    return (double) switches / calls;
  }

  double perMilli() {
    return calls * 1e6 / wall;
  }
}
