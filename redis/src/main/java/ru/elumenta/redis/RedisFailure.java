package ru.elumenta.redis;

import io.lettuce.core.RedisCommandExecutionException;
import io.lettuce.core.RedisConnectionException;
import java.io.IOException;
import java.util.Locale;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/**
 * A command did not do what it should. Each part makes an exception of its own of it. What the
 * server said is not repeated but for its first word: its sentences may repeat what was sent.
 */
final class RedisFailure extends Exception {
  private static final long serialVersionUID = 1L;

  private static final String GENERAL = "ERR";
  private static final Pattern FIRST_WORD = Pattern.compile("([A-Z]{2,20})(?:\\s|$)");
  private static final Pattern IN_SCRIPT =
      Pattern.compile("[:\\s]-(OOM|READONLY|NOREPLICAS|MISCONF|NOPERM|LOADING|CLUSTERDOWN)\\b");
  private static final String MAY_NOT_IN_SCRIPT = "The user executing the script can't";

  /** What went wrong, and what to do. */
  enum Kind {
    UNREACHABLE("cannot be reached", "See whether it runs and the network lets us through."),
    NOT_ENCRYPTED(
        "cannot be spoken to by TLS",
        "See whether ssl(…) trusts its certificate, whether that names this host, whether it wants"
            + " a certificate to be shown, and whether it speaks TLS on this port."),
    SLOW("did not answer in time", "See what it is busy with, and how good the network is."),
    FULL("has no memory left", "Give it more memory, or set shorter times to keep things."),
    READ_ONLY(
        "is a replica, which nobody can write to",
        "Name the primary, or let Sentinel or the cluster say which it is."),
    NOT_READY("is starting or failing over", "It is safe to try again in a moment."),
    NOT_PERSISTING(
        "refuses writes that it could not keep",
        "See why it cannot write to its disk or its replicas."),
    NOT_KEPT(
        "has not brought the write to as many replicas, or to the disk, as is asked for",
        "See whether its replicas run and keep up, or ask for fewer."),
    LOGIN_REFUSED("refuses user or password", "Set username(…) and password(…) that it knows."),
    NOT_PERMITTED(
        "does not permit this user what is needed",
        "Give the user the keys and commands that the page on fleets lists."),
    EVICTS(
        "throws keys away when its memory is full",
        "Set maxmemory-policy to noeviction, or accept it by allowEviction()."),
    INTERRUPTED("was waited for until the thread was interrupted", "It is safe to try again."),
    CLOSED("is not used any more: the fleet was closed", "Close it after all that use it."),
    OTHER("answered with an error", "Look into its log.");

    final String happened;
    final String advice;

    Kind(String happened, String advice) {
      this.happened = happened;
      this.advice = advice;
    }
  }

  private final Kind kind;
  private final boolean mayHaveRun;
  private final String place;
  private final String word;

  private RedisFailure(
      Kind kind, boolean mayHaveRun, String place, String word, @Nullable Throwable cause) {
    super(kind.happened, cause);
    this.kind = kind;
    this.mayHaveRun = mayHaveRun;
    this.place = place;
    this.word = word;
  }

  /**
   * Creates one.
   *
   * @param mayHaveRun whether the command may have done its work all the same, or may do it yet
   * @param place where the Redis is, without secrets
   */
  static RedisFailure of(Kind kind, boolean mayHaveRun, Object place) {
    return new RedisFailure(kind, mayHaveRun, place.toString(), "", null);
  }

  /** Creates one of what Lettuce threw for a command that was handed to it. */
  static RedisFailure of(Throwable thrown, Object place) {
    Throwable cause = thrown;
    while ((cause instanceof ExecutionException || cause instanceof CompletionException)
        && cause.getCause() != null) {
      cause = cause.getCause();
    }
    if (cause instanceof RedisFailure known) {
      return known;
    }
    for (Throwable each = cause; each != null; each = each.getCause()) {
      if (each instanceof RedisCommandExecutionException answer) {
        String word = word(answer.getMessage());
        return new RedisFailure(kind(word), false, place.toString(), word, null);
      }
    }
    for (Throwable each = cause; each != null; each = each.getCause()) {
      if (each instanceof SSLException) {
        return new RedisFailure(Kind.NOT_ENCRYPTED, true, place.toString(), "", each);
      }
    }
    boolean isUnsent = cause instanceof RedisConnectionException || isRejected(cause);
    Throwable io = cause;
    while (io != null && !(io instanceof IOException)) {
      io = io.getCause();
    }
    return new RedisFailure(Kind.UNREACHABLE, !isUnsent, place.toString(), "", io);
  }

  /** As Lettuce says it of a command that came between the end of a connection and the next. */
  private static boolean isRejected(Throwable cause) {
    return String.valueOf(cause.getMessage()).startsWith("Currently not connected");
  }

  /**
   * The code that an answer of Redis begins with, or that of a command inside a script, which
   * servers before 7.0 say in the midst of a sentence; anything else is not repeated.
   */
  private static String word(@Nullable String message) {
    String said = String.valueOf(message);
    Matcher first = FIRST_WORD.matcher(said);
    String word = first.lookingAt() ? first.group(1) : GENERAL;
    if (!word.equals(GENERAL)) {
      return word;
    }
    Matcher inScript = IN_SCRIPT.matcher(said);
    if (inScript.find()) {
      return inScript.group(1);
    }
    return said.contains(MAY_NOT_IN_SCRIPT) ? "NOPERM" : GENERAL;
  }

  private static Kind kind(String word) {
    return switch (word) {
      case "OOM" -> Kind.FULL;
      case "READONLY" -> Kind.READ_ONLY;
      case "LOADING", "MASTERDOWN", "CLUSTERDOWN", "TRYAGAIN", "BUSY", "MOVED", "ASK" ->
          Kind.NOT_READY;
      case "MISCONF", "NOREPLICAS" -> Kind.NOT_PERSISTING;
      case "WRONGPASS", "NOAUTH" -> Kind.LOGIN_REFUSED;
      case "NOPERM" -> Kind.NOT_PERMITTED;
      default -> Kind.OTHER;
    };
  }

  String place() {
    return place;
  }

  Kind kind() {
    return kind;
  }

  /** Returns whether the command may have done its work all the same, or may do it yet. */
  boolean mayHaveRun() {
    return mayHaveRun;
  }

  /** Returns whether another connection may be better than this one. */
  boolean isOfConnection() {
    return kind == Kind.UNREACHABLE || kind == Kind.NOT_ENCRYPTED || kind == Kind.READ_ONLY;
  }

  /** Returns whether the same may succeed in a moment, and has certainly not been done. */
  boolean isPassing() {
    return !mayHaveRun
        && (kind == Kind.UNREACHABLE || kind == Kind.READ_ONLY || kind == Kind.NOT_READY);
  }

  /** Returns what happened, as the end of a sentence that has no full stop. */
  String sentence() {
    String said = word.isEmpty() ? "" : String.format(Locale.ROOT, " (%s)", word);
    return "the Redis " + place + " " + kind.happened + said;
  }

  /** Returns what to do about it. */
  String advice() {
    return kind.advice;
  }

  @Override
  public String getMessage() {
    return sentence();
  }
}
