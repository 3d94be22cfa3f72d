package ru.elumenta.client.internal.codec;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.deser.SettableBeanProperty;
import java.io.IOException;
import java.util.Optional;

/**
 * A member that is absent if it has a wrong shape; what came is kept beside the members under its
 * name. A null is the same as an absent member, also after one that is none.
 */
final class TolerantProperty extends SettableBeanProperty.Delegating {
  private final transient Optional<KeptMembers> kept;

  /** Made when first used: while a class is being resolved, its properties change. */
  private transient volatile TolerantValue value;

  TolerantProperty(SettableBeanProperty property, Optional<KeptMembers> kept) {
    super(property);
    this.kept = kept;
  }

  @Override
  protected SettableBeanProperty withDelegate(SettableBeanProperty property) {
    return new TolerantProperty(property, kept);
  }

  @Override
  public void deserializeAndSet(JsonParser parser, DeserializationContext context, Object model)
      throws IOException {
    if (parser.currentToken() == JsonToken.VALUE_NULL) {
      return;
    }
    Object read = value().read(parser, context);
    if (read instanceof TolerantValue.Misfit misfit) {
      if (misfit.understood() != null) {
        delegate.set(model, misfit.understood());
      }
      if (kept.isPresent()) {
        kept.get().put(model, getName(), misfit.raw()); // after the setter, which clears it
      }
    } else {
      delegate.set(model, read);
    }
  }

  private TolerantValue value() {
    if (value == null) {
      value =
          new TolerantValue(delegate.getValueDeserializer(), delegate.getValueTypeDeserializer());
    }
    return value;
  }
}
