package ru.elumenta.spring.boot;

import org.springframework.beans.factory.FactoryBean;
import ru.elumenta.client.ElumentaCalls;

/** A generated interface as a bean, whose calls go through a client. */
final class GeneratedApi<T> implements FactoryBean<T> {
  private final Class<T> type;
  private final ElumentaCalls client;

  GeneratedApi(Class<T> type, ElumentaCalls client) {
    this.type = type;
    this.client = client;
  }

  @Override
  public T getObject() {
    return client.api(type);
  }

  @Override
  public Class<T> getObjectType() {
    return type;
  }
}
