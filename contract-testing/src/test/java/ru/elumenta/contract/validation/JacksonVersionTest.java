package ru.elumenta.contract.validation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import com.fasterxml.jackson.core.Version;
import org.junit.jupiter.api.Test;

/** An old Jackson is told as a sentence. */
class JacksonVersionTest {
  private static Version version(int minor) {
    return new Version(2, minor, 0, null, null, null);
  }

  @Test
  void theOneOfThisBuildWillDo() {
    assertThatCode(JacksonVersion::check).doesNotThrowAnyException();
    assertThat(JacksonVersion.problem(version(18), version(18))).isEmpty();
    assertThat(JacksonVersion.problem(version(22), version(18))).isEmpty();
  }

  @Test
  void anOlderOneIsNamedWithWhatToDo() {
    assertThat(JacksonVersion.problem(version(17), version(17)))
        .contains("needs Jackson 2.18 or later", "jackson-core 2.17.0", "jackson-databind 2.17.0")
        .contains("jackson-bom");
  }

  @Test
  void partsOfTwoVersionsAreTooIfTheLowerPartIsTheOlder() {
    assertThat(JacksonVersion.problem(version(18), version(22)))
        .contains("jackson-core 2.18.0", "jackson-databind 2.22.0");
  }
}
