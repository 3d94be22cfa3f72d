package ru.elumenta.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static ru.elumenta.client.Service.json;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import feign.RequestTemplate;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import ru.elumenta.client.api.HistoryApi;
import ru.elumenta.client.internal.codec.JsonCodec;
import ru.elumenta.client.model.GenerationRequest;
import ru.elumenta.client.model.HistoryPage;
import ru.elumenta.client.model.ImageParams;
import ru.elumenta.client.model.Message;

/** What the contract does not know is kept by every model: read, set, sent, compared, copied. */
class UnknownMembersTest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String UNKNOWN =
      "\"x_new\":{\"deep\":[1,true,null,\"text\"]},\"x_null\":null,\"additionalProperties\":\"own\"";

  /** Every generated class that is read from an object: of the client and of the error model. */
  static Stream<Class<?>> models() throws IOException {
    Path generated = Path.of("target", "generated-sources", "openapi", "src", "main", "java");
    return Stream.of(generated, Path.of("..", "error-model").resolve(generated))
        .flatMap(UnknownMembersTest::classesIn)
        .filter(each -> !each.isEnum() && !each.isInterface());
  }

  private static Stream<Class<?>> classesIn(Path root) {
    try (Stream<Path> files = Files.walk(root)) {
      List<Class<?>> classes = new java.util.ArrayList<>();
      for (Path file : files.filter(each -> each.toString().endsWith(".java")).toList()) {
        String name = root.relativize(file).toString().replace(".java", "");
        classes.add(Class.forName(name.replace(java.io.File.separatorChar, '.')));
      }
      return classes.stream();
    } catch (IOException | ClassNotFoundException e) {
      throw new IllegalStateException(e);
    }
  }

  @Test
  void theModelsAreThoseOfTheContract() throws IOException {
    assertThat(models().map(Class::getSimpleName))
        .contains("Generation", "GenerationEvent", "ImageParams", "ErrorDetails")
        .hasSizeGreaterThan(45);
  }

  @ParameterizedTest
  @MethodSource("models")
  void everyModelKeepsThemAndWritesThemFlat(Class<?> model) throws Exception {
    String text = "{" + UNKNOWN + "}";

    Object read = JsonCodec.read(text, model);

    assertThat(written(read).path("x_new")).isEqualTo(JSON.readTree(text).path("x_new"));
    assertThat(written(read).path("x_null").isNull()).isTrue();
    assertThat(written(read).path("additionalProperties").asText()).isEqualTo("own");
    assertThat(model.getMethod("getAdditionalProperties").invoke(read))
        .isEqualTo(JSON.convertValue(JSON.readTree(text), Map.class));
  }

  @ParameterizedTest
  @MethodSource("models")
  void everyModelComparesCopiesAndShowsThem(Class<?> model) {
    Object one = JsonCodec.read("{\"x_new\":1}", model);
    Object same = JsonCodec.read("{\"x_new\":1}", model);
    Object other = JsonCodec.read("{\"x_new\":2}", model);

    assertThat(one).isEqualTo(same).hasSameHashCodeAs(same).isNotEqualTo(other);
    assertThat(one).isNotEqualTo(JsonCodec.read("{}", model));
    assertThat(JsonCodec.copyOf(one)).isEqualTo(one).isNotSameAs(one);
    assertThat(one.toString()).contains("x_new=1");
  }

  @Test
  void theyAreReadInListsAndInObjectsWithinObjects() {
    try (Service service = new Service();
        ElumentaClient elumenta = service.client(new FakeTime()).build()) {
      service.answers(
          json(
              200,
              "{\"items\":[{\"id\":1,\"status\":\"completed\",\"cost_usd\":0.25}],\"total\":1,"
                  + "\"page\":1,\"limit\":20,\"cursor\":\"abc\"}"));

      HistoryPage page = elumenta.api(HistoryApi.class).listHistory(null);

      assertThat(page.getAdditionalProperty("cursor")).isEqualTo("abc");
      assertThat(page.getItems().get(0).getAdditionalProperties())
          .isEqualTo(Map.of("cost_usd", 0.25));
    }
  }

  @Test
  void theyAreSentBesideTheOthersAndNestedOnesToo() throws IOException {
    GenerationRequest request =
        new GenerationRequest()
            .model("gpt-5")
            .putAdditionalProperty("top_k", 5)
            .addMessagesItem(new Message().role("user").putAdditionalProperty("name", "Ann"));

    assertThat(written(request))
        .isEqualTo(
            JSON.readTree(
                "{\"model\":\"gpt-5\",\"messages\":[{\"role\":\"user\",\"name\":\"Ann\"}],\"top_k\":5}"));
  }

  @Test
  void whatIsAddedToAMemberThatCameInAnotherShapeTakesItsPlace() throws Exception {
    String odd = "{\"model\":\"gpt-5\",\"messages\":\"Hello\",\"params\":[7]}";
    GenerationRequest request = JsonCodec.read(odd, GenerationRequest.class);
    assertThat(written(request)).as("as it came").isEqualTo(JSON.readTree(odd));

    request.addMessagesItem(new Message().role("user")).putParamsItem("size", "small");

    assertThat(written(request))
        .isEqualTo(
            JSON.readTree(
                "{\"model\":\"gpt-5\",\"messages\":[{\"role\":\"user\"}],\"params\":{\"size\":\"small\"}}"));
    assertThat(request.getAdditionalProperties()).isNullOrEmpty();
  }

  @Test
  void optionsWithNamesTakeThemAsWell() {
    assertThat(new ImageParams().size("1024x1024").putAdditionalProperty("tile", true).toMap())
        .isEqualTo(Map.of("size", "1024x1024", "tile", true));
  }

  @Test
  void aKnownMemberIsNotSentTwice() {
    GenerationRequest request = new GenerationRequest().model("gpt-5");

    assertThatThrownBy(() -> request.putAdditionalProperty("model", "gpt-4"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("GenerationRequest has a setter for the member model; nothing was changed.");
    assertThat(request).isEqualTo(new GenerationRequest().model("gpt-5"));
  }

  @Test
  void whatIsReturnedCannotBeChangedAndAMapStaysAMap() {
    GenerationRequest request = new GenerationRequest().putParamsItem("size", "1024x1024");

    assertThat(request.getAdditionalProperties()).isEmpty();
    assertThatThrownBy(() -> request.getAdditionalProperties().put("a", 1))
        .isInstanceOf(UnsupportedOperationException.class);
    assertThat(request.getParams()).isEqualTo(Map.of("size", "1024x1024"));
  }

  private static JsonNode written(Object model) throws IOException {
    RequestTemplate template = new RequestTemplate();
    new JsonCodec().encode(model, model.getClass(), template);
    String text = new String(template.body(), StandardCharsets.UTF_8);
    ObjectNode node = (ObjectNode) JSON.readTree(text);
    // What is required is written as null when it is not set; that is no matter here.
    node.remove(
        node.properties().stream()
            .filter(each -> each.getValue().isNull() && !each.getKey().startsWith("x_"))
            .map(Map.Entry::getKey)
            .toList());
    return node;
  }
}
