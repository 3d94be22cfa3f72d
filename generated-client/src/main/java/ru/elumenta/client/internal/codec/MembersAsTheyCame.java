package ru.elumenta.client.internal.codec;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.BeanDescription;
import com.fasterxml.jackson.databind.SerializationConfig;
import com.fasterxml.jackson.databind.SerializerProvider;
import com.fasterxml.jackson.databind.ser.BeanPropertyWriter;
import com.fasterxml.jackson.databind.ser.BeanSerializerModifier;
import java.util.List;
import java.util.Optional;

/** Writes a member that came in another shape as it came, and not a second time as a property. */
final class MembersAsTheyCame extends BeanSerializerModifier {
  @Override
  public List<BeanPropertyWriter> changeProperties(
      SerializationConfig config, BeanDescription model, List<BeanPropertyWriter> properties) {
    Optional<KeptMembers> kept = KeptMembers.of(model);
    kept.ifPresent(members -> properties.replaceAll(each -> new Property(each, members)));
    return properties;
  }

  private static final class Property extends BeanPropertyWriter {
    private final transient KeptMembers kept;

    Property(BeanPropertyWriter property, KeptMembers kept) {
      super(property);
      this.kept = kept;
    }

    @Override
    public void serializeAsField(Object model, JsonGenerator out, SerializerProvider context)
        throws Exception {
      if (!kept.has(model, getName())) {
        super.serializeAsField(model, out, context);
      }
    }
  }
}
