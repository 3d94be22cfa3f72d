package ru.elumenta.client.internal.codec;

import com.fasterxml.jackson.databind.BeanDescription;
import com.fasterxml.jackson.databind.BeanProperty;
import com.fasterxml.jackson.databind.DeserializationConfig;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.InjectableValues;
import com.fasterxml.jackson.databind.JavaType;
import com.fasterxml.jackson.databind.JsonDeserializer;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.PropertyName;
import com.fasterxml.jackson.databind.deser.BeanDeserializerBuilder;
import com.fasterxml.jackson.databind.deser.BeanDeserializerModifier;
import com.fasterxml.jackson.databind.deser.SettableBeanProperty;
import com.fasterxml.jackson.databind.introspect.AnnotatedField;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.databind.type.CollectionType;
import com.fasterxml.jackson.databind.type.MapType;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import ru.elumenta.client.internal.transport.ReceivedBody;

/** Jackson's hooks for reading all models as a caller needs them: one mechanism, no list. */
final class TolerantReading {
  /** The field in which a generated model keeps the answer that it was read from. */
  private static final String ANSWER = "answerAsItCame";

  private TolerantReading() {}

  static SimpleModule module() {
    SimpleModule module =
        new SimpleModule("ru.elumenta.codec")
            .addDeserializer(Object.class, new RawValue())
            .addDeserializer(String.class, new TextReading())
            .addDeserializer(Boolean.class, new BooleanReading())
            .addDeserializer(Instant.class, new TolerantInstant())
            .setDeserializerModifier(new Models())
            .setSerializerModifier(new MembersAsTheyCame());
    NumberReading.addTo(module);
    return module;
  }

  private static final class Models extends BeanDeserializerModifier {
    @Override
    public BeanDeserializerBuilder updateBuilder(
        DeserializationConfig config, BeanDescription model, BeanDeserializerBuilder builder) {
      Optional<KeptMembers> kept = KeptMembers.of(model);
      List<SettableBeanProperty> properties = new ArrayList<>();
      builder.getProperties().forEachRemaining(properties::add);
      properties.forEach(
          each -> builder.addOrReplaceProperty(new TolerantProperty(each, kept), true));
      for (AnnotatedField field : model.getClassInfo().fields()) {
        if (field.getName().equals(ANSWER) && field.getRawType() == Supplier.class) {
          inject(field, model, builder);
        }
      }
      return builder;
    }

    @SuppressWarnings("deprecation") // what takes its place came with Jackson 2.20
    private static void inject(
        AnnotatedField field, BeanDescription model, BeanDeserializerBuilder builder) {
      field.fixAccess(true);
      try {
        builder.addInjectable(
            PropertyName.construct(ANSWER),
            field.getType(),
            model.getClassAnnotations(),
            field,
            ANSWER);
      } catch (JsonMappingException e) {
        throw new IllegalStateException(e);
      }
    }

    @Override
    public JsonDeserializer<?> modifyCollectionDeserializer(
        DeserializationConfig config,
        CollectionType type,
        BeanDescription description,
        JsonDeserializer<?> deserializer) {
      return tolerant(type, deserializer);
    }

    @Override
    public JsonDeserializer<?> modifyMapDeserializer(
        DeserializationConfig config,
        MapType type,
        BeanDescription description,
        JsonDeserializer<?> deserializer) {
      return tolerant(type, deserializer);
    }

    private static JsonDeserializer<?> tolerant(JavaType type, JsonDeserializer<?> deserializer) {
      return TolerantList.canRead(type) ? new TolerantList(type) : deserializer;
    }
  }

  /** Gives each model the answer it is in. */
  static final class Answer extends InjectableValues {
    @Override
    public Object findInjectableValue(
        DeserializationContext context,
        Object id,
        BeanProperty member,
        Object model,
        Boolean optional,
        Boolean useInput) {
      ReceivedBody body = Findings.body(context);
      return body == null ? null : body.kept();
    }

    @Override
    @Deprecated
    public Object findInjectableValue(
        Object id, DeserializationContext context, BeanProperty member, Object model) {
      return findInjectableValue(context, id, member, model, null, null);
    }
  }
}
