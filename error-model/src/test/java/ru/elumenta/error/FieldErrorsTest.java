package ru.elumenta.error;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FieldErrorsTest {
  @Test
  void fieldsKeepTheOrderOfTheResponse() {
    assertThat(
            fieldsOf(
                """
                {"error": "validation_error", "details": {"fields": [
                  {"field": "size", "message": "too small"},
                  {"field": "model", "message": "unknown"},
                  {"field": "n", "message": "too many"}]}}
                """))
        .extracting(FieldError::field)
        .containsExactly("size", "model", "n");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"fields\": [{\"field\": \"size\", \"message\": \"too small\"}]}",
        "{\"details\": [{\"field\": \"size\", \"message\": \"too small\"}]}",
        "{\"details\": {\"fields\": {\"size\": \"too small\"}}}",
        "{\"detail\": [{\"loc\": [\"size\"], \"msg\": \"too small\", \"type\": \"value_error\"}]}",
        "{\"error\": {\"fields\": [{\"field\": \"size\", \"message\": \"too small\"}]}}",
        "{\"detail\": {\"fields\": [{\"field\": \"size\", \"message\": \"too small\"}]}}",
        "[{\"field\": \"size\", \"message\": \"too small\"}]",
      })
  void everyKnownShapeNamesTheSameField(String body) {
    assertThat(fieldsOf(body)).containsExactly(new FieldError("size", "too small"));
  }

  @Test
  void aNestedLocationIsJoinedWithDots() {
    assertThat(fieldsOf("{\"detail\": [{\"loc\": [\"body\", \"params\", 0], \"msg\": \"bad\"}]}"))
        .containsExactly(new FieldError("body.params.0", "bad"));
  }

  @Test
  void aSentenceIsAFieldWithoutAName() {
    assertThat(fieldsOf("{\"fields\": [\"size is too small\"]}"))
        .containsExactly(new FieldError("", "size is too small"))
        .extracting(FieldError::toString)
        .containsExactly("size is too small");
  }

  @Test
  void whatIsNoFieldIsLeftOut() {
    assertThat(fieldsOf("{\"fields\": [null, 1, [2], {\"field\": \"size\"}, {\"field\": null}]}"))
        .containsExactly(new FieldError("size", ""), new FieldError("", ""));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "{}", "{\"fields\": null}", "{\"fields\": 3}", "{\"fields\": \"x\"}"})
  void noListMeansNoFields(String body) {
    assertThat(fieldsOf(body)).isEmpty();
  }

  @Test
  void theMessageNamesTheFirstTenFields() {
    String fields =
        IntStream.rangeClosed(1, 11)
            .mapToObj("{\"field\": \"f%d\", \"message\": \"bad\"}"::formatted)
            .collect(Collectors.joining(","));

    assertThat(Answer.of(422, "{\"fields\": [" + fields + "]}"))
        .hasMessageContaining("Correct f1: bad; f2: bad;")
        .hasMessageContaining("f10: bad")
        .message()
        .doesNotContain("f11");
  }

  private static List<FieldError> fieldsOf(String body) {
    return Answer.of(422).body(body).decodeAs(ValidationException.class).fields();
  }
}
