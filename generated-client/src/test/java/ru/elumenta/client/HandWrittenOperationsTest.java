package ru.elumenta.client;

import static org.assertj.core.api.Assertions.assertThat;
import static ru.elumenta.client.Service.json;

import com.fasterxml.jackson.databind.JsonNode;
import feign.Headers;
import feign.RequestLine;
import java.lang.reflect.Method;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import ru.elumenta.client.internal.stream.StreamingApi;
import ru.elumenta.client.internal.upload.TranscriptionApi;
import ru.elumenta.client.options.TranscriptionOptions;

/** The operations that the generator leaves out say what the contract says. */
class HandWrittenOperationsTest {
  private static final Map<String, Method> METHODS =
      Map.of(
          "streamGeneration", method(StreamingApi.class, "stream"),
          "transcribe", method(TranscriptionApi.class, "transcribe"));

  private static Method method(Class<?> api, String name) {
    return Stream.of(api.getMethods())
        .filter(each -> each.getName().equals(name))
        .findFirst()
        .orElseThrow();
  }

  private static List<Contract.Operation> handWritten() {
    return Contract.operations().stream()
        .filter(each -> each.node().path("x-hand-written").asBoolean())
        .toList();
  }

  private static JsonNode content(JsonNode holder) {
    return Contract.resolved(holder).path("content");
  }

  private static Set<String> names(JsonNode node) {
    Set<String> names = new TreeSet<>();
    node.fieldNames().forEachRemaining(names::add);
    return names;
  }

  private static List<String> header(Method method, String name) {
    return Stream.of(method.getAnnotation(Headers.class).value())
        .filter(each -> each.startsWith(name + ": "))
        .map(each -> each.substring(name.length() + 2))
        .toList();
  }

  @Test
  void eachHasItsMethodAndEachMethodItsOperation() {
    assertThat(handWritten())
        .extracting(Contract.Operation::id)
        .containsExactlyInAnyOrderElementsOf(METHODS.keySet());
  }

  @Test
  void methodAndPathAreTheContracts() {
    for (Contract.Operation operation : handWritten()) {
      Method method = METHODS.get(operation.id());
      assertThat(method.getAnnotation(RequestLine.class).value())
          .as(operation.id())
          .isEqualTo(operation.method() + " " + operation.path());
    }
  }

  @Test
  void theOtherEntryToAStreamIsAnOperationOfTheContractToo() {
    String line =
        method(StreamingApi.class, "streamConversation").getAnnotation(RequestLine.class).value();

    assertThat(Contract.operations())
        .anyMatch(each -> (each.method() + " " + each.path()).equals(line));
  }

  @Test
  void whatIsSentAndAcceptedIsWhatTheContractTakesAndAnswers() {
    for (Contract.Operation operation : handWritten()) {
      Method method = METHODS.get(operation.id());
      Set<String> answers = names(content(operation.node().path("responses").path("200")));
      assertThat(header(method, "Accept")).as(operation.id()).isSubsetOf(answers).isNotEmpty();
      Set<String> takes = names(content(operation.node().path("requestBody")));
      // The form's header has its boundary, so it is set with the body.
      assertThat(header(method, "Content-Type")).as(operation.id()).isSubsetOf(takes);
    }
  }

  @Test
  void theBodyOfAStreamIsTheSchemaOfTheContract() {
    JsonNode operation = operation("streamGeneration").node();

    assertThat(content(operation.path("requestBody")).findValuesAsText("$ref"))
        .contains(
            "#/components/schemas/"
                + METHODS.get("streamGeneration").getParameterTypes()[0].getSimpleName());
  }

  @Test
  void theFormHasTheFieldsOfTheContractAndTheirNames() {
    try (Service service = new Service();
        ElumentaClient elumenta = service.client(new FakeTime()).build()) {
      service.answers(json(200, "{\"id\":1,\"status\":\"completed\",\"result_text\":\"Hi\"}"));

      elumenta.transcribe(
          SpeechFile.of("a.mp3", new byte[] {1, 2, 3}),
          TranscriptionOptions.defaults()
              .withModel("elevenlabs-scribe")
              .withLanguage("ru")
              .withDiarize(true));

      String form = new String(service.requests().get(0).getBody(), StandardCharsets.ISO_8859_1);
      List<String> fields = new ArrayList<>();
      Matcher field = Pattern.compile("form-data; name=\"(\\w+)\"").matcher(form);
      while (field.find()) {
        fields.add(field.group(1));
      }
      JsonNode schema =
          content(operation("transcribe").node().path("requestBody"))
              .path("multipart/form-data")
              .path("schema");
      assertThat(fields)
          .containsExactlyInAnyOrderElementsOf(names(Contract.resolved(schema).path("properties")));
    }
  }

  private static Contract.Operation operation(String id) {
    return handWritten().stream().filter(each -> each.id().equals(id)).findFirst().orElseThrow();
  }
}
