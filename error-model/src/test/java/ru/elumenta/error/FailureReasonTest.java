package ru.elumenta.error;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

class FailureReasonTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          Content policy violation: prohibited content detected | CONTENT_POLICY
          Content policy violation                              | CONTENT_POLICY
          Content blocked by safety filter                      | CONTENT_POLICY
          Provider error: content policy violation              | CONTENT_POLICY
          Service unavailable: model is overloaded              | MODEL_OVERLOADED
          Generation timeout: request deadline exceeded         | TIMEOUT
          """)
  void everyDocumentedTextIsRecognised(String error, FailureReason reason) {
    assertThat(FailureReason.of(error)).isEqualTo(reason);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          content_policy                                  | CONTENT_POLICY
          CONTENT_POLICY_VIOLATION                        | CONTENT_POLICY
          content-policy: refused                         | CONTENT_POLICY
          Blocked by moderation                           | CONTENT_POLICY
          Model is Overloaded                             | MODEL_OVERLOADED
          Upstream answered 503                           | MODEL_OVERLOADED
          model_unavailable                               | MODEL_OVERLOADED
          Request timed out                               | TIMEOUT
          time-out after 60 s                             | TIMEOUT
          Provider error                                  | PROVIDER_ERROR
          provider_error                                  | PROVIDER_ERROR
          """)
  void spellingAndCaseDoNotMatter(String error, FailureReason reason) {
    assertThat(FailureReason.of(error)).isEqualTo(reason);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          Нарушение политики контента          | CONTENT_POLICY
          Заблокировано фильтром безопасности  | CONTENT_POLICY
          Обнаружено запрещённое содержимое    | CONTENT_POLICY
          Обнаружено запрещенное содержимое    | CONTENT_POLICY
          Модель перегружена                   | MODEL_OVERLOADED
          Сервис временно НЕДОСТУПЕН           | MODEL_OVERLOADED
          Превышено время ожидания             | TIMEOUT
          Таймаут генерации                    | TIMEOUT
          Ошибка провайдера                    | PROVIDER_ERROR
          """)
  void russianTextsAreRecognised(String error, FailureReason reason) {
    assertThat(FailureReason.of(error)).isEqualTo(reason);
  }

  @ParameterizedTest
  @NullSource
  @ValueSource(strings = {"", "  ", "Generation failed", "15030 pixels are too many"})
  void anythingElseIsOther(String error) {
    assertThat(FailureReason.of(error)).isEqualTo(FailureReason.OTHER);
  }
}
