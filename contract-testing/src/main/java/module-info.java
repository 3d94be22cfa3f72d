/**
 * Tests against the contract of the Elumenta API: a validator, a simulator of the service, a JUnit
 * extension. For tests.
 */
module ru.elumenta.contract {
  requires transitive ru.elumenta.client;
  requires ru.elumenta.openapi;
  requires com.fasterxml.jackson.core;
  requires com.fasterxml.jackson.databind;
  requires com.fasterxml.jackson.dataformat.yaml;
  requires com.networknt.schema;
  requires com.ethlo.time; // the validator's formats need it, and it does not say so
  requires org.yaml.snakeyaml;
  requires transitive java.net.http; // exchanges of the JDK's client are checked
  requires static org.assertj.core; // who uses the assertions
  requires static org.junit.jupiter.api; // or the extension has these
  requires static transitive org.jspecify; // says to compilers what may be null

  exports ru.elumenta.contract;
  exports ru.elumenta.contract.exchange;
  exports ru.elumenta.contract.scenario;
}
