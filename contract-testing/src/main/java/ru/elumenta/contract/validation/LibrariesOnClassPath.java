package ru.elumenta.contract.validation;

/**
 * Lets this module use what cannot be a module: below the validator, jackson-coreutils and
 * jackson-coreutils-equivalence have a package in common, as have wiremock-standalone and
 * org.jspecify, and no JVM starts with either pair on its module path. They stay on the class path,
 * which a named module does not read by itself.
 */
public final class LibrariesOnClassPath {
  private LibrariesOnClassPath() {}

  /** To be called before any of them is; without effect where there are no named modules. */
  public static void read() {
    Class<?> here = LibrariesOnClassPath.class;
    here.getModule().addReads(here.getClassLoader().getUnnamedModule());
  }
}
