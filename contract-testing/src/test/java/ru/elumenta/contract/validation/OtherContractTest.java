package ru.elumenta.contract.validation;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import ru.elumenta.contract.exchange.Exchange;
import ru.elumenta.contract.exchange.Finding;
import ru.elumenta.contract.exchange.RequestMessage;
import ru.elumenta.contract.exchange.Rule;

/** Rules that Elumenta's contract does not use today are understood for the day it does. */
class OtherContractTest {
  private static final SharedContract CONTRACT =
      new SharedContract(
          """
          openapi: 3.0.3
          info: {title: t, version: '1'}
          paths:
            /a:
              post:
                operationId: a
                parameters:
                  - {name: q, in: query, required: true, schema: {type: string, pattern: '^x+$'}}
                requestBody:
                  content:
                    application/json:
                      schema: {$ref: '#/components/schemas/A'}
                responses:
                  '204': {description: d}
          components:
            schemas:
              A:
                type: object
                properties:
                  small: {type: integer, minimum: 1}
                  below: {type: number, maximum: 2, exclusiveMaximum: true}
                  word: {type: string, pattern: '^[a-z]+$'}
                  text: {type: string, maxLength: 3}
                  list: {type: array, minItems: 1, maxItems: 2, uniqueItems: true, items: {type: string}}
                  even: {type: integer, multipleOf: 2}
                  day: {type: string, format: date}
                  place: {type: string, format: uri}
                  either:
                    oneOf:
                      - {type: object, required: [a], properties: {a: {type: string}}}
                      - {type: object, required: [b], properties: {b: {type: string}}}
                  kind: {type: string, nullable: true, enum: [a, b]}
                  nothing: {type: integer, nullable: true}
                  any: {anyOf: [{type: object, properties: {a: {type: string}}}, {type: array, items: {type: integer}}]}
                  text_or_number: {oneOf: [{type: string}, {type: integer}]}
                  int: {type: integer, format: int32}
                  open: {type: object, additionalProperties: {type: integer, minimum: 1}}
                  part: {$ref: '#/components/schemas/Whole'}
                  both:
                    allOf:
                      - {type: object, required: [c], properties: {c: {type: string}}}
              Part: {type: object, properties: {a: {type: string}}}
              Whole: {allOf: [{$ref: '#/components/schemas/Part'}, {type: object, properties: {b: {type: integer}}}]}
          """);

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{\"small\": 0}         | /small  | RANGE        | minimum: 1",
        "{\"below\": 2}         | /below  | RANGE        | maximum 2",
        "{\"word\": \"A1\"}     | /word   | PATTERN      | text that matches ^[a-z]+$",
        "{\"text\": \"four\"}   | /text   | LENGTH       | maximum allowed",
        "{\"list\": []}         | /list   | LENGTH       | at least 1",
        "{\"list\": [\"a\",\"b\",\"c\"]} | /list | LENGTH | at most 2",
        "{\"list\": [\"a\",\"a\"]} | /list | SCHEMA       | uniqueItems",
        "{\"list\": [1]}        | /list/0 | TYPE         | string",
        "{\"even\": 3}          | /even   | SCHEMA       | multipleOf",
        "{\"day\": \"today\"}   | /day    | FORMAT       | date",
        "{\"place\": \"a b\"}   | /place  | FORMAT       | uri",
        "{\"either\": {}}       | /either | ALTERNATIVES | oneOf",
        "{\"either\": {\"a\": \"x\", \"c\": 1}} | /either | ALTERNATIVES | oneOf",
        "{\"any\": [\"x\"]}     | /any    | ALTERNATIVES | anyOf",
        "{\"any\": 1}           | /any    | TYPE         | object or array",
        "{\"text_or_number\": []} | /text_or_number | TYPE | string or integer",
        "{\"kind\": \"c\"}      | /kind   | ENUM         | one of a, b",
        "{\"nothing\": \"x\"}   | /nothing | TYPE        | integer or null",
        "{\"int\": 2147483648}  | /int    | FORMAT       | int32",
        "{\"open\": {\"x\": 0}} | /open/x | RANGE        | minimum: 1",
        "{\"part\": {\"b\": \"x\"}} | /part/b | TYPE    | integer",
        "{\"neither\": 1}       | /neither | UNKNOWN_MEMBER | no such member",
      })
  void isFound(String body, String place, Rule rule, String expected) {
    assertThat(findings("/a?q=x", body))
        .singleElement()
        .satisfies(
            finding -> {
              assertThat(finding.place()).isEqualTo(place);
              assertThat(finding.rule()).isEqualTo(rule);
              assertThat(finding.expected()).contains(expected);
            });
  }

  @Test
  void aRequiredParameterIsMissed() {
    assertThat(findings("/a", "{}"))
        .singleElement()
        .satisfies(
            finding -> {
              assertThat(finding.place()).isEqualTo("query q");
              assertThat(finding.rule()).isEqualTo(Rule.MISSING_PARAMETER);
            });
  }

  @Test
  void aParameterHasAPattern() {
    assertThat(findings("/a?q=y", "{}"))
        .singleElement()
        .satisfies(
            finding -> {
              assertThat(finding.place()).isEqualTo("query q");
              assertThat(finding.rule()).isEqualTo(Rule.PATTERN);
              assertThat(finding.found()).isEqualTo("\"y\"");
            });
  }

  @Test
  void whatFitsHasNoFinding() {
    String body =
        """
        {"small": 1, "below": 1.5, "word": "a", "text": "abc", "list": ["a", "b"], "even": 2,
         "day": "2026-03-08", "place": "https://elumenta.ru", "either": {"a": "x"},
         "kind": null, "nothing": null, "any": [1], "text_or_number": 1, "int": -2147483648,
         "open": {"x": 1}, "part": {"a": "x", "b": 1}}
        """;

    assertThat(findings("/a?q=xx", body)).isEmpty();
  }

  private static List<Finding> findings(String target, String body) {
    RequestMessage request =
        RequestMessage.of(
            "POST", target, Map.of("Content-Type", List.of("application/json")), body);
    return ExchangeCheck.of(CONTRACT, Exchange.of(request), "");
  }
}
