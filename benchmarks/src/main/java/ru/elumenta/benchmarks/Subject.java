package ru.elumenta.benchmarks;

/** What is measured: one unit of work, made as often as wanted by any number of threads. */
@FunctionalInterface
interface Subject extends AutoCloseable {
  void call() throws Exception;

  @Override
  default void close() {}
}
