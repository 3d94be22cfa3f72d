package ru.elumenta.contract.simulator;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** A model of the catalogue: what it costs, what it takes, how it answers. */
record SimulatedModel(
    String slug,
    String name,
    String category,
    String provider,
    String minPlan,
    long min,
    long max) {
  private static final List<String> SIZES = List.of("1024x1024", "1024x1792", "1792x1024");
  private static final List<String> FORMATS = List.of("webp", "png", "jpeg");
  private static final List<String> QUALITIES = List.of("standard", "hd");
  private static final Set<String> ANSWERED_LATER = Set.of("video", "music", "audio_tool");

  boolean isText() {
    return category.equals("text");
  }

  boolean isAnsweredLater() {
    return ANSWERED_LATER.contains(category) || slug.startsWith("midjourney");
  }

  /** The file that it makes; a text has none. */
  String fileEnding() {
    return switch (category) {
      case "image" -> "webp";
      case "video" -> "mp4";
      default -> "mp3";
    };
  }

  /** What a generation with these options costs: the lowest price, or more for more. */
  long price(Map<String, Object> options) {
    boolean isMore =
        "hd".equals(options.get("quality"))
            || options.getOrDefault("duration", 5) instanceof Number seconds
                && seconds.longValue() > 5
                && category.equals("video");
    boolean isLarge = options.get("size") instanceof String size && SIZES.indexOf(size) > 0;
    return isMore ? max : isLarge ? (min + max + 1) / 2 : min;
  }

  String pricing() {
    if (min == max) {
      return "fixed";
    }
    return switch (category) {
      case "video" -> "per_second";
      case "image" -> slug.startsWith("midjourney") ? "per_point" : "matrix";
      default -> "fixed";
    };
  }

  /** Refuses options that it does not take. */
  void check(Map<String, Object> options) {
    if (category.equals("image") && !slug.startsWith("midjourney")) {
      oneOf("size", SIZES, options);
      oneOf("format", FORMATS, options);
      oneOf("quality", QUALITIES, options);
    }
    if (category.equals("video")) {
      oneOf("duration", List.of(5, 10), options);
    }
    if (options.get("temperature") instanceof Number number
        && (number.doubleValue() < 0 || number.doubleValue() > 2)) {
      throw Refusal.field("temperature", "Value must be between 0 and 2");
    }
    if (options.get("max_tokens") instanceof Number number && number.longValue() < 1) {
      throw Refusal.field("max_tokens", "Value must be positive");
    }
  }

  private void oneOf(String option, List<?> allowed, Map<String, Object> options) {
    Object value = options.get(option);
    if (value != null && allowed.stream().noneMatch(each -> each.toString().equals("" + value))) {
      throw Refusal.field(
          option,
          "Value '%s' is not valid for model %s. Valid: %s"
              .formatted(
                  value, slug, String.join(", ", allowed.stream().map(Object::toString).toList())));
    }
  }

  Map<String, Object> toBody() {
    Map<String, Object> body = new LinkedHashMap<>();
    body.put("slug", slug);
    body.put("name", name);
    body.put("category", category);
    body.put("provider", provider);
    body.put("min_plan", minPlan);
    body.put("token_cost", min);
    body.put("min_token_cost", min);
    body.put("max_token_cost", max);
    body.put("supports_streaming", isText());
    body.put(
        "config",
        category.equals("image")
            ? Map.of("sizes", SIZES, "formats", FORMATS, "quality_options", QUALITIES)
            : Map.of());
    return body;
  }
}
