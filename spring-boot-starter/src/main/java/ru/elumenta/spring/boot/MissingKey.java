package ru.elumenta.spring.boot;

/** What is said where a client is wanted and there is nothing to authenticate with. */
final class MissingKey {
  static final String API_KEY = "api-key";

  static final String ACTION =
      "Set elumenta.api-key, for example by the environment variable ELUMENTA_API_KEY; or configure"
          + " a session (elumenta.session.*), or declare a bean of the type"
          + " ru.elumenta.client.session.Credentials.";

  private MissingKey() {}

  /** The failure of a client that is built although its key is missing. */
  static UnusablePropertyException exception(String prefix) {
    return new UnusablePropertyException(
        prefix + "." + API_KEY, "it is not set, so there is nothing to authenticate with.");
  }
}
