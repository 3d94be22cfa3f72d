package ru.elumenta.client.journal;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.LongPredicate;
import ru.elumenta.client.journal.JournalRecord.Claimed;
import ru.elumenta.client.journal.JournalRecord.Closed;
import ru.elumenta.client.journal.JournalRecord.Forgotten;
import ru.elumenta.client.journal.JournalRecord.Lost;
import ru.elumenta.client.journal.JournalRecord.Opened;

/**
 * What a journal says after all its records so far. Decides, and keeps nothing anywhere. Not
 * thread-safe: its owner guards it.
 */
final class JournalState {
  /**
   * A row of the history is compared with calls by time, and times without a zone may be off by
   * most of a day: so much older claims matter to no call.
   */
  private static final Duration CLAIMS_MATTER = Duration.ofDays(1);

  private final int mostLost;
  private final int mostClaims;
  private final Map<String, Opened> open = new LinkedHashMap<>();
  private final Map<String, Claimed> claims = new LinkedHashMap<>();
  private Instant forgotten = Instant.MIN;

  JournalState(int mostLost, int mostClaims) {
    this.mostLost = mostLost;
    this.mostClaims = mostClaims;
  }

  void apply(JournalRecord record) {
    if (record instanceof Opened opened) {
      open.put(opened.call().id(), opened);
    } else if (record instanceof Closed closed) {
      open.remove(closed.callId());
    } else if (record instanceof Lost lost) {
      open.computeIfPresent(
          lost.callId(), (id, was) -> new Opened(was.call().lost(lost.at()), was.owner()));
      dropOldestLost();
    } else if (record instanceof Claimed claimed) {
      claims.put(claimed.generationId(), claimed);
      dropOldestClaim();
    } else if (record instanceof Forgotten gone && gone.upTo().isAfter(forgotten)) {
      forgotten = gone.upTo();
    }
  }

  /** Returns what is to be recorded of the end of a call; nothing if it is not open. */
  List<JournalRecord> end(String callId, CallOutcome outcome, Instant now) {
    if (!(outcome instanceof CallOutcome.Answered) && !open.containsKey(callId)) {
      return List.of();
    }
    return outcome instanceof CallOutcome.Unknown unknown
        ? List.of(new Lost(callId, unknown.at()))
        : settled(callId, outcome, now);
  }

  /** Returns what is to be recorded of a call whose outcome is known, whether it is open or not. */
  static List<JournalRecord> settled(String callId, CallOutcome outcome, Instant now) {
    Closed closed = new Closed(callId);
    return outcome instanceof CallOutcome.Answered answered && answered.generationId().isPresent()
        // In this order: a tear must not part the generation from its call and close the call too.
        ? List.of(new Claimed(answered.generationId().get(), callId, now), closed)
        : List.of(closed);
  }

  /** What became of the wish to claim a generation. */
  enum Claim {
    /** It can be had. */
    FREE,
    /** The call has it already. */
    OWN,
    /** Another has it, or may have had it. */
    TAKEN
  }

  Claim claim(String generationId, OpenCall call) {
    Claimed claimed = claims.get(generationId);
    if (claimed != null) {
      return claimed.callId().equals(call.id()) ? Claim.OWN : Claim.TAKEN;
    }
    return call.openedAt().isAfter(forgotten) ? Claim.FREE : Claim.TAKEN;
  }

  Map<String, String> claims(Set<String> generationIds) {
    Map<String, String> found = new HashMap<>();
    for (String id : generationIds) {
      Optional.ofNullable(claims.get(id)).ifPresent(claimed -> found.put(id, claimed.callId()));
    }
    return found;
  }

  /**
   * Returns the open calls.
   *
   * @param isAlive of an owner
   */
  List<OpenCall> openCalls(LongPredicate isAlive) {
    Map<Long, Boolean> alive = new HashMap<>();
    return open.values().stream()
        .map(
            each ->
                alive.computeIfAbsent(each.owner(), isAlive::test)
                    ? each.call()
                    : each.call().abandoned())
        .toList();
  }

  int openCount() {
    return open.size();
  }

  int claimCount() {
    return claims.size();
  }

  /** Returns the fewest records that say the same, without claims that no call could contest. */
  List<JournalRecord> essence(Instant now) {
    Instant oldest =
        open.values().stream()
            .map(each -> each.call().openedAt())
            .min(Instant::compareTo)
            .filter(now::isAfter)
            .orElse(now);
    claims.values().removeIf(claim -> claim.at().isBefore(oldest.minus(CLAIMS_MATTER)));
    List<JournalRecord> records = new ArrayList<>();
    if (forgotten.isAfter(Instant.MIN)) {
      records.add(new Forgotten(forgotten));
    }
    records.addAll(open.values());
    records.addAll(claims.values());
    return records;
  }

  private void dropOldestClaim() {
    if (claims.size() > mostClaims) {
      Iterator<Claimed> oldest = claims.values().iterator();
      apply(new Forgotten(oldest.next().at()));
      oldest.remove();
    }
  }

  private void dropOldestLost() {
    if (open.size() > mostLost) {
      Iterator<Opened> oldest = open.values().iterator();
      while (oldest.hasNext()) {
        if (oldest.next().call().state() == OpenCall.State.LOST) {
          oldest.remove();
          return;
        }
      }
    }
  }
}
