package ru.elumenta.openapi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

class ExamplesTest {
  private final ExampleCheck check = ExampleCheck.ofFile(ContractReader.publishedFile().toString());

  @Test
  void theParserHasNothingToComplainAbout() {
    assertThat(check.parserMessages()).isEmpty();
  }

  @TestFactory
  Stream<DynamicTest> everyExampleFitsItsSchema() {
    return check.examples().stream()
        .map(
            example ->
                dynamicTest(
                    example.place(),
                    () -> assertThat(check.faults(example)).as(example.place()).isEmpty()));
  }

  @Test
  void requestsSuccessesErrorsAndHeadersAreAmongTheExamples() {
    assertThat(check.examples())
        .extracting(ExampleCheck.PlacedExample::place)
        .contains(
            "createGeneration request text-prompt-request",
            "createGeneration 200 failed-safety-filter",
            "createGeneration 422 validation-failed",
            "createGeneration Retry-After");
  }
}
