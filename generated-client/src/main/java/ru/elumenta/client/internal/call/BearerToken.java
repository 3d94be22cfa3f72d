package ru.elumenta.client.internal.call;

import feign.RequestInterceptor;
import feign.RequestTemplate;
import ru.elumenta.client.Credentials;
import ru.elumenta.client.NoCredentials;

/** Adds the Authorization header to each attempt, once, unless the operation takes none. */
public final class BearerToken implements RequestInterceptor {
  private final Credentials credentials;

  /** Creates an interceptor that asks the credentials for every attempt. */
  public BearerToken(Credentials credentials) {
    this.credentials = credentials;
  }

  @Override
  public void apply(RequestTemplate template) {
    if (!template.methodMetadata().method().isAnnotationPresent(NoCredentials.class)) {
      template.header("Authorization", "Bearer " + credentials.bearerToken());
    }
  }
}
