package ru.elumenta.spring.boot;

import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.util.Map;
import java.util.TreeMap;
import ru.elumenta.client.ElumentaClientBuilder;

/** What a builder was told, which it tells nobody. */
final class BuilderFields {
  private BuilderFields() {}

  static Map<String, Object> of(ElumentaClientBuilder builder) {
    Map<String, Object> fields = new TreeMap<>();
    try {
      for (Field field : ElumentaClientBuilder.class.getDeclaredFields()) {
        if (!Modifier.isStatic(field.getModifiers())) {
          field.setAccessible(true);
          fields.put(field.getName(), field.get(builder));
        }
      }
    } catch (IllegalAccessException e) {
      throw new AssertionError(e);
    }
    return fields;
  }
}
