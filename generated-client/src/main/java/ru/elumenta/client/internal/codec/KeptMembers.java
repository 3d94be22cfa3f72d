package ru.elumenta.client.internal.codec;

import com.fasterxml.jackson.annotation.JsonAnyGetter;
import com.fasterxml.jackson.databind.BeanDescription;
import com.fasterxml.jackson.databind.introspect.AnnotatedField;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * The members of a model beside its properties: those that the contract does not know, and those
 * that it knows in another shape. The latter cannot be set by applications, so they go into the
 * field itself, by Jackson's means, to which generated packages are open.
 */
final class KeptMembers {
  private final AnnotatedField field;

  private KeptMembers(AnnotatedField field) {
    field.fixAccess(true);
    this.field = field;
  }

  /** Returns those of a class; empty if it keeps none. */
  static Optional<KeptMembers> of(BeanDescription model) {
    for (AnnotatedField field : model.getClassInfo().fields()) {
      if (field.hasAnnotation(JsonAnyGetter.class)
          && field.getRawType().isAssignableFrom(LinkedHashMap.class)) {
        return Optional.of(new KeptMembers(field));
      }
    }
    return Optional.empty();
  }

  @SuppressWarnings("unchecked") // JSON's names are texts
  private Map<String, Object> of(Object model) {
    return (Map<String, Object>) field.getValue(model);
  }

  boolean has(Object model, String name) {
    Map<String, Object> kept = of(model);
    return kept != null && kept.containsKey(name);
  }

  void put(Object model, String name, Object raw) {
    Map<String, Object> kept = of(model);
    if (kept == null) {
      kept = new LinkedHashMap<>();
      field.setValue(model, kept);
    }
    kept.put(name, raw);
  }
}
