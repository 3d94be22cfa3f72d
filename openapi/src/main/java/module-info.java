/**
 * The contract of the Elumenta API, as resources under {@code elumenta-openapi}; there are no
 * classes.
 */
module ru.elumenta.openapi {}
