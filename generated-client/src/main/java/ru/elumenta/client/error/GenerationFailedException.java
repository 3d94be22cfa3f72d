package ru.elumenta.client.error;

import ru.elumenta.client.model.Generation;
import ru.elumenta.error.ElumentaException;
import ru.elumenta.error.ErrorContext;
import ru.elumenta.error.FailureReason;

/**
 * The generation ran and failed: {@code status: failed} in a successful response. The documentation
 * shows such generations with 0 tokens spent.
 */
public final class GenerationFailedException extends ElumentaException {
  private static final long serialVersionUID = 1L;

  private final Generation generation;

  /** Creates the exception from the failed generation. */
  public GenerationFailedException(ErrorContext context, Generation generation) {
    super(context, null);
    this.generation = generation;
  }

  /** Returns why it failed, recognised from the words of its {@code error}. */
  public FailureReason reason() {
    return FailureReason.of(context().serverMessage().orElse(null));
  }

  /** Returns the failed generation as the service reported it. */
  public Generation generation() {
    return generation;
  }

  @Override
  protected String happened() {
    return "The generation failed (%s): %s"
        .formatted(
            reason(),
            context().serverMessage().map(ElumentaException::printable).orElse("no reason given"));
  }

  @Override
  protected String cost() {
    return "Tokens charged: "
        + (generation != null && generation.tokensCharged().isPresent()
            ? generation.tokensCharged().getAsLong()
            : "not stated, documented as none");
  }

  @Override
  protected String advice() {
    return switch (reason()) {
      case MODEL_OVERLOADED -> "Try again later, or use another model.";
      case TIMEOUT -> "Submit it again, or ask for less.";
      case CONTENT_POLICY -> "Change the prompt; the same one will be refused again.";
      case PROVIDER_ERROR -> "Submit it again, or use a model of another provider.";
      case OTHER -> "Act on the service's words.";
    };
  }
}
