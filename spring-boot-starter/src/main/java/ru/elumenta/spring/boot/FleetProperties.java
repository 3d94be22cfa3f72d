package ru.elumenta.spring.boot;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;

/** What the machines of a fleet share in Redis; see {@code ru.elumenta.redis.Fleet}. */
@ConfigurationProperties("elumenta.fleet")
public final class FleetProperties {
  /**
   * Address of the Redis that the machines share: redis://host:6379, rediss:// for TLS, or
   * redis-sentinel://host1,host2/0#master. By default nothing is shared.
   */
  private @Nullable String redis;

  /** Addresses of some nodes of a Redis cluster, in place of the one address. */
  private List<String> clusterNodes = new ArrayList<>();

  /** User of the Redis, if it is not in the address. */
  private @Nullable String username;

  /** Password of the Redis, if it is not in the address. */
  private @Nullable String password;

  /** What all keys in the Redis begin with. */
  private String prefix = "elumenta";

  /** Name of the account that the machines share, which keeps several apart in one Redis. */
  private String account = "default";

  /** Time for one command. What a call has left applies if that is less. */
  private Duration timeout = Duration.ofSeconds(2);

  /** Time without a sign of life after which a machine is taken for dead. */
  private Duration lease = Duration.ofSeconds(15);

  /** How long, beyond the lease, a machine may only be paused and go on with its calls. */
  private Duration longestPause = Duration.ofMinutes(3);

  /** How long tokens are kept that nobody renews. */
  private Duration keepSession = Duration.ofDays(40);

  /** How long open calls are kept that nobody has closed. */
  private Duration keepCalls = Duration.ofDays(7);

  /** AES key of 16, 24 or 32 bytes in Base64, which encrypts tokens. Needed to share a session. */
  private @Nullable String encryptionKey;

  /** Keys, in Base64, that tokens may still be encrypted with, while a key is changed. */
  private List<String> furtherEncryptionKeys = new ArrayList<>();

  /** How many replicas a write must have reached before it counts. */
  private int replicas;

  /** Whether a write must have reached the disk before it counts. Needs Redis 7.2. */
  private boolean disk;

  /** Whether a paid call is sent that cannot be written into the journal. */
  private boolean sendUnrecorded;

  /** Whether the requests of all machines are held back together, by what the account has left. */
  private boolean pacing = true;

  /** How many paid requests the machines may have under way at once. By default any number. */
  private @Nullable Integer maxConcurrentRequests;

  /** Whether a Redis is used that may throw keys away when its memory is full. */
  private boolean allowEviction;

  public @Nullable String getRedis() {
    return redis;
  }

  public void setRedis(@Nullable String redis) {
    this.redis = redis;
  }

  public List<String> getClusterNodes() {
    return clusterNodes;
  }

  public void setClusterNodes(List<String> clusterNodes) {
    this.clusterNodes = clusterNodes;
  }

  public @Nullable String getUsername() {
    return username;
  }

  public void setUsername(@Nullable String username) {
    this.username = username;
  }

  public @Nullable String getPassword() {
    return password;
  }

  public void setPassword(@Nullable String password) {
    this.password = password;
  }

  public String getPrefix() {
    return prefix;
  }

  public void setPrefix(String prefix) {
    this.prefix = prefix;
  }

  public String getAccount() {
    return account;
  }

  public void setAccount(String account) {
    this.account = account;
  }

  public Duration getTimeout() {
    return timeout;
  }

  public void setTimeout(Duration timeout) {
    this.timeout = timeout;
  }

  public Duration getLease() {
    return lease;
  }

  public void setLease(Duration lease) {
    this.lease = lease;
  }

  public Duration getLongestPause() {
    return longestPause;
  }

  public void setLongestPause(Duration longestPause) {
    this.longestPause = longestPause;
  }

  public Duration getKeepSession() {
    return keepSession;
  }

  public void setKeepSession(Duration keepSession) {
    this.keepSession = keepSession;
  }

  public Duration getKeepCalls() {
    return keepCalls;
  }

  public void setKeepCalls(Duration keepCalls) {
    this.keepCalls = keepCalls;
  }

  public @Nullable String getEncryptionKey() {
    return encryptionKey;
  }

  public void setEncryptionKey(@Nullable String encryptionKey) {
    this.encryptionKey = encryptionKey;
  }

  public List<String> getFurtherEncryptionKeys() {
    return furtherEncryptionKeys;
  }

  public void setFurtherEncryptionKeys(List<String> furtherEncryptionKeys) {
    this.furtherEncryptionKeys = furtherEncryptionKeys;
  }

  public int getReplicas() {
    return replicas;
  }

  public void setReplicas(int replicas) {
    this.replicas = replicas;
  }

  public boolean isDisk() {
    return disk;
  }

  public void setDisk(boolean disk) {
    this.disk = disk;
  }

  public boolean isSendUnrecorded() {
    return sendUnrecorded;
  }

  public void setSendUnrecorded(boolean sendUnrecorded) {
    this.sendUnrecorded = sendUnrecorded;
  }

  public boolean isAllowEviction() {
    return allowEviction;
  }

  public void setAllowEviction(boolean allowEviction) {
    this.allowEviction = allowEviction;
  }

  public boolean isPacing() {
    return pacing;
  }

  public void setPacing(boolean pacing) {
    this.pacing = pacing;
  }

  public @Nullable Integer getMaxConcurrentRequests() {
    return maxConcurrentRequests;
  }

  public void setMaxConcurrentRequests(@Nullable Integer maxConcurrentRequests) {
    this.maxConcurrentRequests = maxConcurrentRequests;
  }
}
