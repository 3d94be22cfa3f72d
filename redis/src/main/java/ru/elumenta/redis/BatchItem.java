package ru.elumenta.redis;

import java.util.Objects;
import ru.elumenta.client.model.GenerationRequest;

/**
 * One request of a {@link RedisBatch}.
 *
 * @param id what the application calls it, unique in its batch
 * @param request what it asks for; not changed any more
 */
public record BatchItem(String id, GenerationRequest request) {
  /** Checks the members. */
  public BatchItem {
    if (Objects.requireNonNull(id, "id").isBlank()) {
      throw new IllegalArgumentException("The id of an item must not be blank.");
    }
    Objects.requireNonNull(request, "request");
  }

  /** Shows the id and nothing of the request. */
  @Override
  public String toString() {
    return "BatchItem[" + id + "]";
  }
}
