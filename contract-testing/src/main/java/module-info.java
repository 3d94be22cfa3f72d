/**
 * Tests against the contract of the Elumenta API: a validator, a simulator of the service, a JUnit
 * extension. For tests.
 *
 * <p>The validator of the contract and the server under the simulator are libraries that cannot
 * stand on a module path. They belong on the class path, where Maven puts them by itself.
 */
module ru.elumenta.contract {
  requires transitive ru.elumenta.client;
  requires ru.elumenta.openapi;
  requires com.fasterxml.jackson.core;
  requires com.fasterxml.jackson.databind;
  requires com.fasterxml.jackson.dataformat.yaml;
  requires transitive java.net.http; // exchanges of the JDK's client are checked
  requires static org.assertj.core; // who uses the assertions
  requires static org.junit.jupiter.api; // or the extension has these
  requires static transitive org.jspecify; // says to compilers what may be null

  exports ru.elumenta.contract;
}
