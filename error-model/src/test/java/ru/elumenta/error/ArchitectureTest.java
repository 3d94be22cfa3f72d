package ru.elumenta.error;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;
import feign.Response;
import org.junit.jupiter.api.Test;
import ru.elumenta.error.model.ErrorCode;

/** The generated schemas know nothing, and of the hand-written classes the decoder knows Feign. */
class ArchitectureTest {
  private static final JavaClasses CLASSES =
      new ClassFileImporter()
          .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
          .importPackages("ru.elumenta");

  private static final ArchRule FEIGN_IN_THE_DECODER =
      noClasses()
          .that()
          .doNotHaveSimpleName("ElumentaErrorDecoder")
          .and()
          .doNotHaveSimpleName("CredentialRedaction") // of the request that the decoder is given
          .should()
          .dependOnClassesThat()
          .resideInAPackage("feign..");

  private static final ArchRule NOTHING_ABOVE =
      noClasses()
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(
              "ru.elumenta.client..", "ru.elumenta.contract..", "ru.elumenta.openapi..");

  private static final ArchRule SCHEMAS_KNOW_NO_EXCEPTIONS =
      noClasses()
          .that()
          .resideInAPackage("ru.elumenta.error.model..")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("ru.elumenta.error");

  @Test
  void theDecoderAndItsRedactionAloneKnowFeign() {
    FEIGN_IN_THE_DECODER.check(CLASSES);
  }

  @Test
  void arrowsPointDownwardsOnly() {
    NOTHING_ABOVE.check(CLASSES);
    SCHEMAS_KNOW_NO_EXCEPTIONS.check(CLASSES);
  }

  /** What must not know Feign. */
  static final class KnowsFeign {
    private KnowsFeign() {}

    static int status(Response response) {
      return response.status() + ErrorCode.values().length;
    }
  }

  @Test
  void aWrongImportIsNoticed() {
    JavaClasses withWrongArrow = new ClassFileImporter().importClasses(KnowsFeign.class);
    assertThatThrownBy(() -> FEIGN_IN_THE_DECODER.check(withWrongArrow))
        .isInstanceOf(AssertionError.class)
        .hasMessageContaining("KnowsFeign.status");
  }
}
