package ru.elumenta.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ParameterTest {
  @Test
  void aValueIsWhatItIsInJsonAndElseAText() {
    assertThat(value("n=2")).isEqualTo(2);
    assertThat(value("temperature=0.5")).isEqualTo(0.5);
    assertThat(value("seed=9007199254740993")).isEqualTo(9007199254740993L);
    assertThat(value("loop=true")).isEqualTo(true);
    assertThat(value("size=1024x1024")).isEqualTo("1024x1024");
    assertThat(value("zip=007")).isEqualTo("007");
    assertThat(value("text=\"5\"")).isEqualTo("5");
    assertThat(value("list=[1,\"a\"]")).isEqualTo(List.of(1, "a"));
    assertThat(value("object={\"a\":1}")).isEqualTo(Map.of("a", 1));
    assertThat(value("broken={a")).isEqualTo("{a");
    assertThat(value("two={} {}")).isEqualTo("{} {}");
    assertThat(value("empty=")).isEqualTo("");
    assertThat(value("url=http://a/?b=c")).isEqualTo("http://a/?b=c");
  }

  @Test
  void whatIsNoNameIsAPrompt() {
    assertThat(Parameter.of("A lighthouse = light")).isNull();
    assertThat(Parameter.of("2=3")).isNull();
    assertThat(Parameter.of("lighthouse")).isNull();
  }

  private static Object value(String argument) {
    return Parameter.of(argument).value();
  }
}
