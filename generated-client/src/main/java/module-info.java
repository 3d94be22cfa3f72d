/**
 * A client for the Elumenta API.
 *
 * <p>An application needs {@code requires ru.elumenta.client;} and no more. The exceptions of the
 * service come along with it. Internals are not exported, and may change at any time.
 */
@SuppressWarnings("requires-automatic") // httpcore5 has a name in its manifest, and no descriptor
module ru.elumenta.client {
  requires transitive ru.elumenta.error; // exceptions are part of the API
  requires transitive feign.core;
  requires feign.jackson; // generated interfaces carry its annotations
  requires transitive com.fasterxml.jackson.annotation; // so do generated models
  requires transitive jakarta.annotation; // and @Nullable
  requires com.fasterxml.jackson.core;
  requires com.fasterxml.jackson.databind;
  requires com.fasterxml.jackson.datatype.jsr310;
  requires transitive dev.failsafe.core; // policies of the application
  requires org.apache.httpcomponents.core5.httpcore5;
  requires static org.slf4j; // Slf4jCallListener alone needs it
  requires static transitive org.jspecify; // says to compilers what may be null

  exports ru.elumenta.client;
  exports ru.elumenta.client.api;
  exports ru.elumenta.client.batch;
  exports ru.elumenta.client.error;
  exports ru.elumenta.client.event;
  exports ru.elumenta.client.journal;
  exports ru.elumenta.client.model;
  exports ru.elumenta.client.options;
  exports ru.elumenta.client.pacing;
  exports ru.elumenta.client.session;

  // Models are made by Jackson; Feign reads query objects and calls default methods.
  opens ru.elumenta.client.api to
      com.fasterxml.jackson.databind,
      feign.core;
  opens ru.elumenta.client.model to
      com.fasterxml.jackson.databind,
      feign.core;
}
