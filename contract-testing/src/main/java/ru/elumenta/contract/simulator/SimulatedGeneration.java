package ru.elumenta.contract.simulator;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import ru.elumenta.contract.scenario.Dialect;

/** One generation from its acceptance on. Its state is a matter of the clock. */
final class SimulatedGeneration {
  private static final Pattern SIZE = Pattern.compile("(\\d{1,5})x(\\d{1,5})");

  final long number;
  final Account account;
  final SimulatedModel model;
  final String prompt;
  final long price;
  final Instant createdAt;
  final Duration takes;
  final String error; // null if it comes to a good end
  final String text; // null for a file
  final Map<String, Object> options;
  Instant shownFrom; // in the history
  boolean isFavorite;
  Integer rating;

  SimulatedGeneration(
      long number,
      Account account,
      SimulatedModel model,
      String prompt,
      long price,
      Instant createdAt,
      Duration takes,
      String error,
      String text,
      Map<String, Object> options) {
    this.number = number;
    this.account = account;
    this.model = model;
    this.prompt = prompt;
    this.price = price;
    this.createdAt = createdAt;
    this.takes = takes;
    this.error = error;
    this.text = text;
    this.options = options;
    this.shownFrom = createdAt;
  }

  Object id(Dialect dialect) {
    return dialect == Dialect.FIRST ? (Object) number : "gen_%012d".formatted(number);
  }

  boolean isFinished(Instant now) {
    return !now.isBefore(createdAt.plus(takes));
  }

  /** How much of it is done, between 0 and 99 while it is under way. */
  int percent(Instant now) {
    long since = Duration.between(createdAt, now).toMillis();
    return (int) Math.max(0, Math.min(99, 100 * since / Math.max(1, takes.toMillis())));
  }

  String status(Instant now) {
    return !isFinished(now) ? "pending" : error == null ? "completed" : "failed";
  }

  private Instant completedAt() {
    return createdAt.plus(takes).truncatedTo(ChronoUnit.SECONDS);
  }

  private String created() {
    return createdAt.truncatedTo(ChronoUnit.SECONDS).toString();
  }

  String fileName() {
    return number + "." + model.fileEnding();
  }

  private boolean hasFile(Instant now) {
    return text == null && status(now).equals("completed");
  }

  /** What a request for this generation is answered with. */
  Map<String, Object> toBody(Dialect dialect, Instant now, String files) {
    return dialect == Dialect.FIRST ? first(now, files) : second(now, files);
  }

  private Map<String, Object> first(Instant now, String files) {
    Map<String, Object> body = new LinkedHashMap<>();
    String status = status(now);
    body.put("id", number);
    body.put("status", status);
    body.put("model_slug", model.slug());
    body.put("result_text", status.equals("completed") ? text : null);
    body.put("result_url", hasFile(now) ? files + "/files/" + fileName() : null);
    body.put(
        "thumbnail_url",
        hasFile(now) && model.category().equals("video")
            ? files + "/thumbnails/" + number + ".jpg"
            : null);
    body.put("error", status.equals("failed") ? error : null);
    body.put("tokens_spent", status.equals("completed") ? price : 0);
    body.put("processing_ms", isFinished(now) ? takes.toMillis() : null);
    body.put("result_metadata", hasFile(now) ? metadata() : null);
    body.put("created_at", created());
    if (isFinished(now)) {
      body.put("completed_at", completedAt().toString());
    }
    return body;
  }

  private Map<String, Object> metadata() {
    return switch (model.category()) {
      case "image" -> size(1024, 1024);
      case "video" -> {
        Map<String, Object> metadata = size(1920, 1080);
        metadata.put("duration", options.get("duration") instanceof Number some ? some : 5);
        yield metadata;
      }
      default -> Map.of("duration", 30);
    };
  }

  /** As asked for, or else these. */
  private Map<String, Object> size(int width, int height) {
    Map<String, Object> metadata = new LinkedHashMap<>();
    Matcher size = SIZE.matcher(String.valueOf(options.get("size")));
    metadata.put("width", size.matches() ? Integer.parseInt(size.group(1)) : width);
    metadata.put("height", size.matches() ? Integer.parseInt(size.group(2)) : height);
    return metadata;
  }

  private Map<String, Object> second(Instant now, String files) {
    Map<String, Object> body = new LinkedHashMap<>();
    String status = status(now);
    body.put("id", id(Dialect.SECOND));
    body.put("status", status);
    body.put("model", model.slug());
    if (status.equals("pending") && !takes.isZero()) {
      Duration since = Duration.between(createdAt, now);
      body.put("progress", percent(now));
      body.put("eta_seconds", Math.min(86_400, takes.minus(since).toSeconds()));
    }
    if (status.equals("failed")) {
      body.put("error", error);
    }
    if (status.equals("completed") && text != null) {
      body.put("content", text);
    }
    if (hasFile(now)) {
      body.put("url", files + "/files/" + fileName());
    }
    body.put("tokens_used", status.equals("completed") ? price : 0);
    if (status.equals("completed")) {
      body.put("balance_remaining", account.balance);
    }
    body.put("created_at", created());
    if (isFinished(now)) {
      body.put("completed_at", completedAt().toString());
    }
    return body;
  }

  /** What the history has of it. */
  Map<String, Object> toRow(Dialect dialect, Instant now, String files) {
    Map<String, Object> row = new LinkedHashMap<>();
    String status = status(now);
    String url = hasFile(now) ? files + "/files/" + fileName() : null;
    row.put("id", id(dialect));
    if (dialect == Dialect.FIRST) {
      row.put("model_slug", model.slug());
      row.put("model_name", model.name());
      row.put("category", model.category());
    } else {
      row.put("type", model.category());
      row.put("model", model.slug());
    }
    row.put("prompt", prompt);
    row.put("status", status);
    if (dialect == Dialect.FIRST) {
      row.put("result_text", status.equals("completed") ? text : null);
      row.put("result_url", url);
      row.put("tokens_spent", status.equals("completed") ? price : 0);
      row.put("is_favorited", isFavorite);
      row.put("user_rating", rating);
    } else {
      row.put("url", url);
      row.put("tokens_used", status.equals("completed") ? price : 0);
    }
    row.put("created_at", created());
    return row;
  }
}
