/**
 * Every documented failure of the Elumenta API as an exception, and the decoder that throws it.
 *
 * <p>{@link ru.elumenta.error.ElumentaErrorDecoder} serves any Feign client.
 */
module ru.elumenta.error {
  requires com.fasterxml.jackson.annotation;
  requires com.fasterxml.jackson.core;
  requires com.fasterxml.jackson.databind;
  requires transitive feign.core; // the decoder is a feign.codec.ErrorDecoder
  requires static transitive org.jspecify; // says to compilers what may be null

  exports ru.elumenta.error;
  exports ru.elumenta.error.model;

  opens ru.elumenta.error.model to
      com.fasterxml.jackson.databind;
}
