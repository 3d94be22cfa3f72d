package ru.elumenta.openapi;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class ExampleCheckTest {
  private static final String CONTRACT =
      """
      openapi: 3.0.3
      info: {title: t, version: '1'}
      paths:
        /a:
          get:
            operationId: a
            responses:
              '200':
                description: d
                headers: {X-N: {schema: {type: integer}, example: %s}}
                content:
                  application/json:
                    schema: {$ref: '#/components/schemas/A'}
                    examples: {sample: {$ref: '#/components/examples/Sample'}}
      components:
        examples: {Sample: {value: %s}}
        schemas:
          A:
            type: object
            required: [n]
            properties: {n: {type: integer}, t: {type: string, nullable: true}}
      """;

  @Test
  void anExampleThatFitsHasNoFaults() {
    assertThat(faultsOf("1", "{n: 1, t: null}")).isEmpty();
  }

  @Test
  void aValueOfTheWrongTypeIsAFault() {
    assertThat(faultsOf("1", "{n: one}")).singleElement().asString().contains("/n");
  }

  @Test
  void aMissingMemberIsAFault() {
    assertThat(faultsOf("1", "{t: text}")).singleElement().asString().contains("\"n\"");
  }

  @Test
  void aMisspeltMemberIsAFault() {
    assertThat(faultsOf("1", "{n: 1, txt: a}")).singleElement().asString().contains("\"txt\"");
  }

  @Test
  void aHeaderOfTheWrongTypeIsAFault() {
    assertThat(faultsOf("many", "{n: 1}")).singleElement().asString().contains("integer");
  }

  @Test
  void aContractThatIsNoneMakesTheParserComplain() {
    assertThat(ExampleCheck.ofText("openapi: 3.0.3\npaths: {}").parserMessages())
        .contains("attribute info is missing");
  }

  private static List<String> faultsOf(String header, String body) {
    ExampleCheck check = ExampleCheck.ofText(CONTRACT.formatted(header, body));
    assertThat(check.examples()).hasSize(2);
    return check.examples().stream().flatMap(e -> check.faults(e).stream()).toList();
  }
}
