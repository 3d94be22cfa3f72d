package ru.elumenta.client.internal.upload;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/** The documented formats of recordings (page: generations/stt), told by the ending of the name. */
enum SpeechFormat {
  MP3("audio/mpeg"),
  MP4("audio/mp4"),
  WAV("audio/wav"),
  M4A("audio/mp4"),
  OGG("audio/ogg"),
  FLAC("audio/flac"),
  WEBM("audio/webm");

  private final String type;

  SpeechFormat(String type) {
    this.type = type;
  }

  String type() {
    return type;
  }

  static Optional<SpeechFormat> ofName(String name) {
    String ending = name.substring(name.lastIndexOf('.') + 1).toUpperCase(Locale.ROOT);
    return Arrays.stream(values())
        .filter(format -> name.contains(".") && format.name().equals(ending))
        .findFirst();
  }

  static String list() {
    return Arrays.stream(values())
        .map(format -> format.name().toLowerCase(Locale.ROOT))
        .collect(Collectors.joining(", "));
  }
}
