package ru.elumenta.client.internal.codec;

import java.util.Map;
import ru.elumenta.client.model.GenerationRequest;

/**
 * A paid request as it is sent, written once: each attempt sends these bytes, and the journal
 * remembers the call by them, whatever the application does with its object meanwhile.
 */
public final class WrittenRequest {
  private final String model;
  private final byte[] json;

  private WrittenRequest(String model, byte[] json) {
    this.model = model;
    this.json = json;
  }

  /**
   * Writes a request.
   *
   * @return it, or the argument if that is no such request, or one that cannot be written: whoever
   *     encodes it has the better sentence
   */
  public static Object of(Object argument) {
    if (!(argument instanceof GenerationRequest request)) {
      return argument;
    }
    byte[] json = JsonCodec.written(request);
    return json == null ? argument : new WrittenRequest(request.getModel(), json);
  }

  /** Returns the model that is asked; null if the request names none. */
  public String model() {
    return model;
  }

  byte[] json() {
    return json;
  }

  /** Returns what is sent, by its JSON names; read anew each time. */
  public Map<String, Object> members() {
    return JsonCodec.exactly(json);
  }
}
