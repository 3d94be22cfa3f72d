package ru.elumenta.client.batch;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Names of files that every system takes, and that none other has. */
final class FileNames {
  private static final int LONGEST_ID = 60;
  private static final Pattern ENDING = Pattern.compile("\\.([A-Za-z0-9]{1,5})(?:[?#].*)?$");

  private FileNames() {}

  /** Begins with the line, so that no two items have the same and none is {@code CON}. */
  static String of(Item item, String url, Optional<String> contentType, Path folder) {
    String id = item.id().equals(Item.defaultId(item.line())) ? "" : "-" + safe(item.id());
    String base = "%06d%s".formatted(item.line(), id);
    String ending = ending(url, contentType);
    String name = base + ending;
    for (int next = 2; Files.exists(folder.resolve(name)); next++) {
      name = base + "-" + next + ending; // somebody else's
    }
    return name;
  }

  private static String safe(String id) {
    String safe = id.replaceAll("[^A-Za-z0-9_-]+", "_");
    return safe.length() <= LONGEST_ID ? safe : safe.substring(0, LONGEST_ID);
  }

  private static String ending(String url, Optional<String> contentType) {
    Matcher ending = ENDING.matcher(url.substring(url.lastIndexOf('/') + 1));
    if (ending.find()) {
      return "." + ending.group(1).toLowerCase(Locale.ROOT);
    }
    return contentType
        .map(type -> type.replaceAll(";.*", "").strip().toLowerCase(Locale.ROOT))
        .map(
            type ->
                switch (type) {
                  case "image/jpeg" -> ".jpg";
                  case "audio/mpeg" -> ".mp3";
                  case "image/png",
                      "image/webp",
                      "image/gif",
                      "video/mp4",
                      "video/webm",
                      "audio/ogg",
                      "audio/wav" ->
                      "." + type.substring(type.indexOf('/') + 1);
                  default -> "";
                })
        .orElse("");
  }
}
