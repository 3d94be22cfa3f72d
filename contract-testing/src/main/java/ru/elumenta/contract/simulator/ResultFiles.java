package ru.elumenta.contract.simulator;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Random;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The storage host: files of finished generations, for as long as the plan says. */
final class ResultFiles {
  private final State state;

  ResultFiles(State state) {
    this.state = state;
  }

  /** A result file or its small picture: bytes that its number alone decides. */
  Answer file(String path, Instant now, String range) {
    Matcher name = Pattern.compile("/(files|thumbnails)/(\\d{1,18})\\.\\w{3,4}").matcher(path);
    SimulatedGeneration generation =
        name.matches() ? state.generation(Long.parseLong(name.group(2))) : null;
    if (generation == null
        || generation.text != null
        || !generation.status(now).equals("completed")
        || isExpired(generation, now)) {
      return new Answer(
          404, "application/xml", "<Error/>".getBytes(StandardCharsets.UTF_8), Map.of());
    }
    byte[] bytes = new byte[10_000];
    new Random(generation.number).nextBytes(bytes);
    Answer whole =
        new Answer(200, type(name.group(1), generation), bytes, Map.of())
            .with("ETag", "\"" + generation.number + "\"")
            .with("Accept-Ranges", "bytes");
    Matcher from = Pattern.compile("bytes=(\\d{1,9})-").matcher(range);
    if (!from.matches() || Integer.parseInt(from.group(1)) >= bytes.length) {
      return whole;
    }
    int start = Integer.parseInt(from.group(1));
    return new Answer(
            206,
            whole.contentType(),
            Arrays.copyOfRange(bytes, start, bytes.length),
            whole.headers())
        .with("Content-Range", "bytes %d-%d/%d".formatted(start, bytes.length - 1, bytes.length));
  }

  private static String type(String folder, SimulatedGeneration generation) {
    if (folder.equals("thumbnails")) {
      return "image/jpeg";
    }
    return switch (generation.model.fileEnding()) {
      case "webp" -> "image/webp";
      case "mp4" -> "video/mp4";
      default -> "audio/mpeg";
    };
  }

  private static boolean isExpired(SimulatedGeneration generation, Instant now) {
    OptionalInt days = generation.account.plan.retentionDays();
    return days.isPresent()
        && now.isAfter(generation.createdAt.plus(Duration.ofDays(days.getAsInt())));
  }
}
