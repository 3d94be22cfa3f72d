package ru.elumenta.client.event;

import java.net.URI;
import java.util.Objects;
import java.util.Optional;

/**
 * One call, as a {@link CallListener} is told of it. The same object is handed over with all that
 * is told of one call.
 *
 * @param number distinguishes the calls of one client; counts from 1
 * @param operation the name of the operation in the contract, for example {@code createGeneration}
 * @param method the HTTP method
 * @param path the path with its placeholders, for example {@code /generate/{generationId}}
 * @param model the slug of the model, if the call creates a generation
 * @param server the base URL of the service that is called
 */
public record CallInfo(
    long number, String operation, String method, String path, Optional<String> model, URI server) {
  /** Creates the description. */
  public CallInfo {
    Objects.requireNonNull(operation, "operation");
    Objects.requireNonNull(method, "method");
    Objects.requireNonNull(path, "path");
    Objects.requireNonNull(model, "model");
    Objects.requireNonNull(server, "server");
  }
}
