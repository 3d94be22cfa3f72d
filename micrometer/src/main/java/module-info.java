/**
 * Metrics and traces of the Elumenta client, through Micrometer.
 *
 * <p>An application needs {@code requires ru.elumenta.micrometer;} and the registries of its own.
 */
@SuppressWarnings({"requires-automatic", "requires-transitive-automatic"}) // names in manifests
module ru.elumenta.micrometer {
  requires transitive ru.elumenta.client;
  requires transitive micrometer.core;
  requires transitive micrometer.observation;
  requires transitive micrometer.commons; // key values of conventions
  requires context.propagation;
  requires static org.slf4j; // the MDC
  requires static transitive org.jspecify; // says to compilers what may be null

  exports ru.elumenta.micrometer;
}
