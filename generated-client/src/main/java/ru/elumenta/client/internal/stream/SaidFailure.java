package ru.elumenta.client.internal.stream;

import java.util.Map;
import java.util.Optional;
import ru.elumenta.client.internal.codec.JsonCodec;
import ru.elumenta.client.model.GenerationEvent;

/**
 * What an event says about the failure of its generation, without credentials.
 *
 * @param words a description, or null
 * @param code a code, or null
 * @param details all members of the event
 * @param text the event as it came
 */
public record SaidFailure(String words, String code, Map<String, Object> details, String text) {

  /**
   * Reads an event; empty if it says nothing of a failure.
   *
   * @param name what its {@code event:} line says, or null
   * @param data its data, without credentials
   */
  static Optional<SaidFailure> in(String name, String data) {
    Map<String, Object> members;
    try {
      members = JsonCodec.read(data);
    } catch (IllegalArgumentException notAnObject) {
      String words = data.isBlank() ? null : data.strip();
      return FailureSigns.isFailure(name)
          ? Optional.of(new SaidFailure(words, null, Map.of(), data))
          : Optional.empty();
    }
    boolean isDocumented =
        members.get("type") instanceof String type
            && EventType.of(new GenerationEvent().type(type)).isPresent();
    return FailureSigns.in(name, isDocumented, members)
        .map(said -> new SaidFailure(said.words(), said.code(), said.details(), data));
  }
}
