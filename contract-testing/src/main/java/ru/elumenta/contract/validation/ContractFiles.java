package ru.elumenta.contract.validation;

import java.io.InputStream;

/**
 * The files of the contract, which are in a jar, and on the module path in a module, of their own.
 */
public final class ContractFiles {
  private ContractFiles() {}

  /** Says whether there is one. */
  static boolean has(String name) {
    return ContractFiles.class.getClassLoader().getResource("elumenta-openapi/" + name) != null;
  }

  /** Opens one, named below {@code elumenta-openapi}; to be closed by the caller. */
  public static InputStream open(String name) {
    // By the loader: a class looks for a file in its own module only.
    InputStream file =
        ContractFiles.class.getClassLoader().getResourceAsStream("elumenta-openapi/" + name);
    if (file == null) {
      throw new IllegalStateException(
          "There is no elumenta-openapi/" + name + "; the jar elumenta-openapi is missing.");
    }
    return file;
  }
}
