package ru.elumenta.openapi.codegen;

import io.swagger.v3.oas.models.OpenAPI;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.Set;
import org.openapitools.codegen.languages.JavaClientCodegen;

/**
 * The generator {@code java} for contracts that use what OpenAPI 3.1 has beyond 3.0: it says what
 * they mean in words that the generator knows, and refuses by name what it would leave out without
 * a word. Named {@code elumenta-java}; options and templates are those of {@code java}.
 */
public final class ElumentaJavaCodegen extends JavaClientCodegen {
  private final Set<OpenAPI> prepared = Collections.newSetFromMap(new IdentityHashMap<>());

  @Override
  public String getName() {
    return "elumenta-java";
  }

  /** Comes before the generator gives names to schemas that have none. */
  @Override
  public void setOpenAPI(OpenAPI contract) {
    if (contract != null && prepared.add(contract)) {
      Refusals.check(contract);
      PlainerWords.into(contract);
    }
    super.setOpenAPI(contract);
  }

  @Override
  public void preprocessOpenAPI(OpenAPI contract) {
    setOpenAPI(contract);
    super.preprocessOpenAPI(contract);
  }
}
