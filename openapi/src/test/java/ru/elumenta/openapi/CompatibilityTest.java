package ru.elumenta.openapi;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class CompatibilityTest {
  private static final Path RELEASED = Path.of("baseline", "elumenta.yaml");
  private static final Path CURRENT = Path.of("target", "bundled", "elumenta.yaml");

  @Test
  void theContractBreaksNobodyOrSaysSoInItsMajorVersion() {
    assertThat(Compatibility.findings(RELEASED, CURRENT))
        .as("breaking changes since openapi/baseline; raise the major version in info.version")
        .isEmpty();
  }

  private static String contract(String version, String paths) {
    return """
    openapi: 3.0.3
    info: {title: T, version: %s}
    paths:
      %s
    """
        .formatted(version, paths);
  }

  private static String operation(String path, String parameters, String properties) {
    return """
    %s:
        get:
          operationId: get
          tags: [A]
          parameters: [%s]
          responses:
            '200':
              description: d
              content: {application/json: {schema: {type: object, required: [id], properties: {%s}}}}
    """
        .formatted(path, parameters, properties);
  }

  @Test
  void anOperationThatIsGoneIsABreakingChange() {
    assertThat(
            Compatibility.findings(
                contract("1.0.0", operation("/a", "", "id: {type: string}")),
                contract("1.1.0", operation("/b", "", "id: {type: string}"))))
        .containsExactly("GET /a is gone");
  }

  @Test
  void aNewRequiredParameterIsABreakingChange() {
    assertThat(
            Compatibility.findings(
                contract("1.0.0", operation("/a", "", "id: {type: string}")),
                contract(
                    "1.1.0",
                    operation(
                        "/a",
                        "{name: q, in: query, required: true, schema: {type: string}}",
                        "id: {type: string}"))))
        .containsExactly(
            "GET /a breaks its callers: parameters",
            "GET /a was the method AApi.get() and is AApi.get(q)");
  }

  @Test
  void aChangedTypeOfAResponseMemberIsABreakingChange() {
    assertThat(
            Compatibility.findings(
                contract("1.0.0", operation("/a", "", "id: {type: string}")),
                contract("1.1.0", operation("/a", "", "id: {type: integer}"))))
        .containsExactly("GET /a breaks its callers: responses");
  }

  @Test
  void aNewMemberOrOperationIsNone() {
    assertThat(
            Compatibility.findings(
                contract("1.0.0", operation("/a", "", "id: {type: string}")),
                contract("1.1.0", operation("/a", "", "id: {type: string}, b: {type: string}"))))
        .isEmpty();
  }

  private static String codes(String values) {
    return contract("1.0.0", operation("/a", "", "id: {$ref: '#/components/schemas/Code'}"))
        + "components: {schemas: {Code: {type: string, enum: [%s]}}}".formatted(values);
  }

  @Test
  void aNewValueOfAnEnumIsNone() {
    assertThat(Compatibility.findings(codes("a"), codes("a, b"))).isEmpty();
  }

  private static String named(String operation, String schemas) {
    return contract(
            "1.0.0", "/a: {get: {%s, responses: {'200': {description: d}}}}".formatted(operation))
        + "components: {schemas: {%s}}".formatted(schemas);
  }

  @Test
  void aMethodThatIsNamedOtherwiseOrTakesOtherArgumentsIsABreakingChange() {
    String parameter = "{name: %s, in: query, schema: {type: string}}";
    String before = "operationId: a, tags: [A], parameters: [" + parameter.formatted("p") + "]";

    assertThat(Compatibility.findings(named(before, ""), named(before.replace(": a", ": b"), "")))
        .containsExactly("GET /a was the method AApi.a(p) and is AApi.b(p)");
    assertThat(Compatibility.findings(named(before, ""), named(before.replace("[A", "[B"), "")))
        .containsExactly("GET /a was the method AApi.a(p) and is BApi.a(p)");
    assertThat(
            Compatibility.findings(
                named(before, ""),
                named(before.replace("}}]", "}}, " + parameter.formatted("q") + "]"), "")))
        .containsExactly("GET /a was the method AApi.a(p) and is AApi.a(p, q)");
  }

  @Test
  void oneMoreOfManyOptionalParametersIsNone() {
    String many =
        "operationId: a, tags: [A], parameters: ["
            + String.join(
                ", ",
                Stream.of("p", "q", "r", "s")
                    .map("{name: %s, in: query, schema: {type: string}}"::formatted)
                    .toList());

    assertThat(
            Compatibility.findings(
                named(many + "]", ""),
                named(many + ", {name: t, in: query, schema: {type: string}}]", "")))
        .isEmpty();
  }

  @Test
  void aClassOrAMemberThatIsGoneIsABreakingChangeWhereverItIsUsed() {
    String operation = "operationId: a, tags: [A]";
    String schemas = "S: {properties: {b: {type: string}, c: {type: string}}}, T: {type: string}";

    assertThat(
            Compatibility.findings(
                named(operation, schemas),
                named(operation, "S: {properties: {b: {type: string}}}")))
        .containsExactly("S.c is gone", "the class T is gone");
  }

  @Test
  void aNewMajorVersionMayBreak() {
    assertThat(
            Compatibility.findings(
                contract("1.0.0", operation("/a", "", "id: {type: string}")),
                contract("2.0.0", operation("/b", "", "id: {type: string}"))))
        .isEmpty();
  }
}
