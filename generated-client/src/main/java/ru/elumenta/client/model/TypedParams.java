package ru.elumenta.client.model;

import java.util.Map;

/**
 * Options of a kind of model, with names that an editor completes; what is not set is not sent.
 *
 * <pre>{@code
 * request.params(new ImageParams().size("1024x1024").quality("hd").toMap());
 * }</pre>
 */
public interface TypedParams {
  /**
   * Returns the options that are set, under the names the service knows them by; may be changed.
   */
  default Map<String, Object> toMap() {
    return SetMembers.of(this);
  }
}
