package ru.elumenta.openapi;

import static org.assertj.core.api.Assertions.assertThat;

import com.atlassian.oai.validator.OpenApiInteractionValidator;
import com.atlassian.oai.validator.model.SimpleRequest;
import com.atlassian.oai.validator.report.LevelResolver;
import com.atlassian.oai.validator.report.ValidationReport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Pages of the documentation disagree whether ids are integers or strings; paths take both.
 *
 * <p>The validator reads a path parameter whose schema has no type as JSON, which {@code
 * gen_abc123} is not, so whoever validates requests has to set that one message aside.
 */
class GenerationIdInPathTest {
  private static final String NOT_JSON = "validation.request.parameter.schema.invalidJson";

  private final OpenApiInteractionValidator validator =
      OpenApiInteractionValidator.createForSpecificationUrl(
              ContractReader.publishedFile().toString())
          .withBasePathOverride("/")
          .withLevelResolver(
              LevelResolver.create().withLevel(NOT_JSON, ValidationReport.Level.IGNORE).build())
          .build();

  @ParameterizedTest
  @ValueSource(strings = {"18473", "gen_abc123", "9007199254740993"})
  void anIdOfEitherKindFits(String id) {
    assertThat(validate("/generate/" + id).hasErrors()).isFalse();
  }

  @Test
  void aPathBeyondTheIdDoesNot() {
    assertThat(validate("/generate/18473/x").getMessages())
        .extracting(ValidationReport.Message::getKey)
        .containsExactly("validation.request.path.missing");
  }

  private ValidationReport validate(String path) {
    return validator.validateRequest(
        SimpleRequest.Builder.get(path).withAuthorization("Bearer nb_test").build());
  }
}
