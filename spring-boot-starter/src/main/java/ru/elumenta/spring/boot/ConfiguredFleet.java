package ru.elumenta.spring.boot;

import java.util.Base64;
import java.util.List;
import javax.crypto.SecretKey;
import javax.crypto.spec.SecretKeySpec;
import ru.elumenta.redis.Durability;
import ru.elumenta.redis.FleetOptions;
import ru.elumenta.redis.FleetOptions.WithoutJournal;
import ru.elumenta.redis.FleetOptionsBuilder;

/** Makes options of a fleet of properties. */
final class ConfiguredFleet {
  static final String PREFIX = "elumenta.fleet";

  private ConfiguredFleet() {}

  static FleetOptions options(FleetProperties properties) {
    try {
      return unchecked(properties);
    } catch (IllegalArgumentException e) {
      throw UnusablePropertyException.of(PREFIX, e);
    }
  }

  private static FleetOptions unchecked(FleetProperties properties) {
    String redis = properties.getRedis();
    List<String> nodes = properties.getClusterNodes();
    if (redis != null && !nodes.isEmpty()) {
      throw new UnusablePropertyException(
          PREFIX + ".cluster-nodes", "there is an address of one Redis too: keep one of them.");
    }
    FleetOptionsBuilder builder =
        redis != null ? FleetOptions.at(redis) : FleetOptions.cluster(nodes.toArray(String[]::new));
    if (properties.getUsername() != null) {
      builder.username(properties.getUsername());
    }
    if (properties.getPassword() != null) {
      builder.password(properties.getPassword());
    }
    if (properties.getEncryptionKey() != null) {
      builder.encryptionKey(
          key("encryption-key", properties.getEncryptionKey()),
          properties.getFurtherEncryptionKeys().stream()
              .map(each -> key("further-encryption-keys", each))
              .toArray(SecretKey[]::new));
    }
    if (properties.getMaxConcurrentRequests() != null) {
      builder.maxConcurrentRequests(properties.getMaxConcurrentRequests());
    }
    if (properties.isAllowEviction()) {
      builder.allowEviction();
    }
    return builder
        .prefix(properties.getPrefix())
        .account(properties.getAccount())
        .timeout(properties.getTimeout())
        .pacing(properties.isPacing())
        .lease(properties.getLease())
        .longestPause(properties.getLongestPause())
        .keepSession(properties.getKeepSession())
        .keepCalls(properties.getKeepCalls())
        .durability(new Durability(properties.getReplicas(), properties.isDisk()))
        .withoutJournal(
            properties.isSendUnrecorded() ? WithoutJournal.SEND_UNRECORDED : WithoutJournal.REFUSE)
        .build();
  }

  private static SecretKey key(String property, String base64) {
    try {
      return new SecretKeySpec(Base64.getDecoder().decode(base64), "AES");
    } catch (IllegalArgumentException e) { // whose message may show a part of it
      throw new UnusablePropertyException(
          PREFIX + "." + property, "it is not a key in Base64, or is empty.");
    }
  }
}
