package ru.elumenta.client.journal;

import java.io.Serializable;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A paid call whose outcome is not known: enough to look for it, in another process too, and
 * nothing of what was asked but its model, a few settings such as size or duration, and hashes.
 *
 * <p>A hash hides a text from those who cannot guess it. Whoever has the journal and a guess can
 * check it, so a journal belongs to its owner alone. Immutable.
 *
 * @param id of the call, unique among all that share a journal
 * @param operation its operationId
 * @param model the slug of the model; empty if the request named none
 * @param request what tells the request from others
 * @param openedAt when it was first written down, just before it was sent; by the clock of this
 *     machine, like all times but {@link #byService}
 * @param lastSentAt when it was last written down to be sent
 * @param clockSkew by how much the service's clock was last seen ahead of ours, negative if behind;
 *     empty if it had not been seen
 * @param attempts how often it was sent at the most: the last may not have left
 * @param state who waits for it
 * @param lostAt when it was given up; empty if it was not
 */
public record OpenCall(
    String id,
    String operation,
    Optional<String> model,
    RequestFingerprint request,
    Instant openedAt,
    Instant lastSentAt,
    Optional<Duration> clockSkew,
    int attempts,
    State state,
    Optional<Instant> lostAt)
    implements Serializable {

  /** Who waits for the outcome of a call. */
  public enum State {
    /** The call that sent it, in this process or in one that lives. */
    UNDER_WAY,
    /** Nobody: its call ended without an outcome. */
    LOST,
    /** Nobody: its process ended before its call did. */
    ABANDONED
  }

  /** Checks the members. */
  public OpenCall {
    if (Objects.requireNonNull(id, "id").isBlank()) {
      throw new IllegalArgumentException("The id of a call must not be blank.");
    }
    Objects.requireNonNull(operation, "operation");
    Objects.requireNonNull(model, "model");
    Objects.requireNonNull(request, "request");
    Objects.requireNonNull(openedAt, "openedAt");
    Objects.requireNonNull(lastSentAt, "lastSentAt");
    Objects.requireNonNull(clockSkew, "clockSkew");
    Objects.requireNonNull(state, "state");
    Objects.requireNonNull(lostAt, "lostAt");
    if (attempts < 1) {
      throw new IllegalArgumentException("A call is written down for an attempt, but has none.");
    }
  }

  /**
   * Returns a call that is about to be sent for the first time, with an id of its own.
   *
   * @param model the slug, or null if the request names none
   * @param now by the clock of this machine
   * @param clockSkew by how much the service's clock is ahead, or null if that is not known
   */
  public static OpenCall of(
      String operation,
      @Nullable String model,
      RequestFingerprint request,
      Instant now,
      @Nullable Duration clockSkew) {
    return new OpenCall(
        CallIds.next(),
        operation,
        Optional.ofNullable(model),
        request,
        now,
        now,
        Optional.ofNullable(clockSkew),
        1,
        State.UNDER_WAY,
        Optional.empty());
  }

  /** Returns this call, about to be sent once more. */
  public OpenCall sentAgain(Instant now) {
    return copy(now, clockSkew, attempts + 1, State.UNDER_WAY, Optional.empty());
  }

  /** Returns this call with a clock that was measured meanwhile. */
  public OpenCall withClockSkew(Duration ahead) {
    return copy(lastSentAt, Optional.of(ahead), attempts, state, lostAt);
  }

  /** Returns this call with another time, for a machine whose clock was set meanwhile. */
  public OpenCall openedAt(Instant opened) {
    return new OpenCall(
        id, operation, model, request, opened, opened, clockSkew, attempts, state, lostAt);
  }

  /** Returns this call, given up without an outcome. */
  public OpenCall lost(Instant at) {
    request.settled(); // it may be kept for long
    return copy(lastSentAt, clockSkew, attempts, State.LOST, Optional.of(at));
  }

  /**
   * Returns this call of a process that has ended; for journals, which alone can tell. A lost call
   * stays lost.
   */
  public OpenCall abandoned() {
    return state == State.LOST
        ? this
        : copy(lastSentAt, clockSkew, attempts, State.ABANDONED, lostAt);
  }

  private OpenCall copy(
      Instant sent, Optional<Duration> skew, int times, State next, Optional<Instant> lost) {
    return new OpenCall(id, operation, model, request, openedAt, sent, skew, times, next, lost);
  }

  /** Returns what the service's clock showed at a moment of ours; empty if it was never seen. */
  public Optional<Instant> byService(Instant ours) {
    return clockSkew.map(ours::plus);
  }

  /** Returns this call as one line of text, for a journal to keep. */
  public String encoded() {
    return OpenCallText.encode(this);
  }

  /**
   * Reads what {@link #encoded()} wrote, here or in an earlier version of this client.
   *
   * @throws JournalException if it was written by a later version
   * @throws IllegalArgumentException if it is anything else, with a sentence that shows nothing of
   *     it
   */
  public static OpenCall decode(String text) {
    return OpenCallText.decode(text);
  }

  /** Shows no hash, and no setting but the harmless. */
  @Override
  public String toString() {
    StringBuilder text = new StringBuilder("OpenCall[").append(id).append(' ').append(operation);
    model.ifPresent(slug -> text.append(' ').append(slug));
    request
        .shown()
        .forEach((name, value) -> text.append(' ').append(name).append('=').append(value));
    text.append(", sent at ").append(openedAt);
    if (attempts > 1) {
      text.append(" and up to ").append(lastSentAt).append(", attempt ").append(attempts);
    }
    return text.append(", ").append(state).append(']').toString();
  }

  /** An exception may carry a call through serialization, which knows no {@code Optional}. */
  private Object writeReplace() {
    return new AsText(encoded());
  }

  private static final class AsText implements Serializable {
    private final String text;

    AsText(String text) {
      this.text = text;
    }

    private Object readResolve() {
      return decode(text);
    }
  }
}
