/**
 * The contract of the Elumenta API, as resources under {@code elumenta-openapi}. The classes beside
 * it are for the OpenAPI generator, which runs on the class path.
 */
module ru.elumenta.openapi {}
