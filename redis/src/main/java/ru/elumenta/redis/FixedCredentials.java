package ru.elumenta.redis;

import io.lettuce.core.RedisCredentials;
import io.lettuce.core.RedisCredentialsProvider;
import org.jspecify.annotations.Nullable;

/** User and password, for whoever asks at once. Does not show them. */
final class FixedCredentials implements RedisCredentialsProvider.ImmediateRedisCredentialsProvider {
  private final RedisCredentials credentials;

  FixedCredentials(@Nullable String username, char[] password) {
    this.credentials = RedisCredentials.just(username, password);
  }

  @Override
  public RedisCredentials resolveCredentialsNow() {
    return credentials;
  }
}
