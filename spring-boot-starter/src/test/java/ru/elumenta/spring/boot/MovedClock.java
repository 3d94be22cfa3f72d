package ru.elumenta.spring.boot;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/** A clock that somebody moves. */
final class MovedClock implements InstantSource {
  private Instant now = Instant.parse("2026-03-08T12:00:00Z");

  void advance(Duration time) {
    now = now.plus(time);
  }

  @Override
  public Instant instant() {
    return now;
  }
}
