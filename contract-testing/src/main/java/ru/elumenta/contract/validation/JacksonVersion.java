package ru.elumenta.contract.validation;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.Version;
import com.fasterxml.jackson.databind.json.JsonMapper;

/**
 * Whether the Jackson that the project around has chosen will do. An older one that is nearer in
 * its build would otherwise be noticed as a missing class or method, anywhere.
 */
public final class JacksonVersion {
  private static final int OLDEST = 18;
  private static final String PROBLEM =
      problem(
          com.fasterxml.jackson.core.json.PackageVersion.VERSION,
          com.fasterxml.jackson.databind.cfg.PackageVersion.VERSION);

  private JacksonVersion() {}

  /**
   * Checks it; costs nothing after the first time.
   *
   * @throws IllegalStateException if it will not do; the message says what to change
   */
  public static void check() {
    if (!PROBLEM.isEmpty()) {
      throw new IllegalStateException(PROBLEM);
    }
  }

  static String problem(Version core, Version databind) {
    String missing = "";
    if (core.getMinorVersion() >= databind.getMinorVersion()) {
      try {
        new JsonMapper().readTree("{}");
      } catch (LinkageError | JsonProcessingException e) {
        missing = " (" + e + ")";
      }
    }
    if (missing.isEmpty()
        && databind.getMinorVersion() >= OLDEST
        && core.getMinorVersion() >= databind.getMinorVersion()) {
      return "";
    }
    return """
    elumenta-contract-testing needs Jackson 2.%d or later, all its parts of one version. Here are jackson-core %s and \
    jackson-databind %s%s: another dependency brings an older one. Name elumenta-contract-testing before that dependency, or \
    import com.fasterxml.jackson:jackson-bom.\
    """
        .formatted(OLDEST, core, databind, missing);
  }
}
