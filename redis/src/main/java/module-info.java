/**
 * What many machines with one account share, in Redis.
 *
 * <p>Start with {@link ru.elumenta.redis.Fleet}; each part can be used alone.
 */
@SuppressWarnings({
  "requires-automatic",
  "requires-transitive-automatic"
}) // lettuce has no descriptor
module ru.elumenta.redis {
  requires transitive ru.elumenta.client;
  requires transitive lettuce.core; // an application may bring its own client
  requires io.netty.common; // what is closed is waited for
  requires com.fasterxml.jackson.databind; // requests of batches are kept as JSON
  requires com.fasterxml.jackson.annotation;
  requires static transitive org.jspecify; // says to compilers what may be null

  exports ru.elumenta.redis;
}
