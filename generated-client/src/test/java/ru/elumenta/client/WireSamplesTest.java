package ru.elumenta.client;

import static org.assertj.core.api.Assertions.assertThat;
import static ru.elumenta.client.Service.json;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import feign.RequestTemplate;
import feign.Response;
import java.io.IOException;
import java.lang.reflect.Method;
import java.lang.reflect.Parameter;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import ru.elumenta.client.internal.codec.JsonCodec;
import ru.elumenta.client.model.Generation;
import ru.elumenta.client.model.GenerationEvent;
import ru.elumenta.client.model.GenerationId;

/** Every sample of the contract goes through the generated client, and nothing of it is lost. */
class WireSamplesTest {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final Service service = new Service();
  private final ElumentaClient elumenta = service.client(new FakeTime()).build();

  @AfterEach
  void stop() {
    elumenta.close();
    service.close();
  }

  /** One sample: the name of the operation and the example, and its JSON. */
  record Sample(Contract.Operation operation, Method method, String name, JsonNode value) {
    @Override
    public String toString() {
      return operation.id() + " " + name;
    }
  }

  static Stream<Sample> responses() throws ClassNotFoundException {
    List<Sample> samples = new ArrayList<>();
    for (Contract.Operation operation : Contract.operations()) {
      Optional<Method> method = operation.javaMethod();
      if (method.isPresent() && method.get().getReturnType() != void.class) {
        JsonNode success = Contract.resolved(operation.node().path("responses").path("200"));
        samples.addAll(samplesOf(operation, method.get(), success));
      }
    }
    return samples.stream();
  }

  static Stream<Sample> requests() throws ClassNotFoundException {
    List<Sample> samples = new ArrayList<>();
    for (Contract.Operation operation : Contract.operations()) {
      Optional<Method> method = operation.javaMethod();
      if (method.isPresent()) {
        JsonNode body = Contract.resolved(operation.node().path("requestBody"));
        samples.addAll(samplesOf(operation, method.get(), body));
      }
    }
    return samples.stream();
  }

  private static List<Sample> samplesOf(
      Contract.Operation operation, Method method, JsonNode holder) {
    return holder.path("content").path("application/json").path("examples").properties().stream()
        .map(
            example ->
                new Sample(
                    operation,
                    method,
                    example.getKey(),
                    Contract.resolved(example.getValue()).path("value")))
        .toList();
  }

  @Test
  void thereAreSamplesOfMostOperations() throws ClassNotFoundException {
    assertThat(responses()).hasSizeGreaterThan(40);
    assertThat(requests()).hasSizeGreaterThan(15);
  }

  @ParameterizedTest
  @MethodSource("responses")
  void aResponseIsReadWithoutLosingAMember(Sample sample) throws Exception {
    service.answers(json(200, sample.value().toString()));

    Object read = sample.method().invoke(elumenta.api(sample.operation().api()), arguments(sample));

    assertThat(withoutNulls(JSON.readTree(written(read))))
        .as(sample.toString())
        .isEqualTo(withoutNulls(sample.value()));
    assertThat(service.requests()).hasSize(1);
  }

  @ParameterizedTest
  @MethodSource("requests")
  void aRequestIsWrittenMemberForMember(Sample sample) throws Exception {
    service.answers(json(200, "{\"id\":1,\"status\":\"completed\"}"));

    try {
      sample.method().invoke(elumenta.api(sample.operation().api()), arguments(sample));
    } catch (java.lang.reflect.InvocationTargetException answerOfAnotherShape) {
      // Only the request is looked at here.
    }

    assertThat(service.requests()).hasSize(1);
    assertThat(service.requests().get(0).getMethod().getName())
        .isEqualTo(sample.operation().method());
    assertThat(withoutNulls(JSON.readTree(service.requests().get(0).getBody())))
        .as(sample + "; a null of the documentation is a member that is not sent")
        .isEqualTo(withoutNulls(sample.value()));
  }

  @ParameterizedTest
  @ValueSource(strings = {"transcription", "transcription-without-model"})
  void aTranscriptionIsReadAsAGeneration(String name) throws Exception {
    JsonNode sample = sampleOf("transcribe", "application/json", name);

    assertThat(withoutNulls(JSON.readTree(written(read(sample, Generation.class)))))
        .isEqualTo(withoutNulls(sample));
  }

  @ParameterizedTest
  @ValueSource(strings = {"streamed-text", "streamed-text-second-dialect"})
  void everyEventOfAStreamIsReadWithoutLosingAMember(String name) throws Exception {
    List<String> events =
        sampleOf("streamGeneration", "text/event-stream", name)
            .asText()
            .lines()
            .filter(line -> line.startsWith("data: {"))
            .map(line -> line.substring("data: ".length()))
            .toList();

    assertThat(events).hasSizeGreaterThanOrEqualTo(3);
    for (String event : events) {
      Object read = read(JSON.readTree(event), GenerationEvent.class);
      assertThat(withoutNulls(JSON.readTree(written(read))))
          .isEqualTo(withoutNulls(JSON.readTree(event)));
    }
  }

  private static JsonNode sampleOf(String operationId, String contentType, String name) {
    Contract.Operation operation =
        Contract.operations().stream()
            .filter(each -> each.id().equals(operationId))
            .findFirst()
            .orElseThrow();
    JsonNode success = Contract.resolved(operation.node().path("responses").path("200"));
    return Contract.resolved(success.path("content").path(contentType).path("examples").path(name))
        .path("value");
  }

  /** The sample as request body, a stand-in for everything in the path, null for the rest. */
  private static Object[] arguments(Sample sample) throws IOException {
    Parameter[] parameters = sample.method().getParameters();
    Object[] arguments = new Object[parameters.length];
    for (int i = 0; i < parameters.length; i++) {
      feign.Param named = parameters[i].getAnnotation(feign.Param.class);
      if (named == null) {
        JsonNode body =
            Contract.resolved(sample.operation().node().path("requestBody"))
                .path("content")
                .path("application/json")
                .path("examples");
        JsonNode own = Contract.resolved(body.path(sample.name())).path("value");
        arguments[i] =
            read(
                own.isMissingNode() ? JSON.createObjectNode() : own,
                parameters[i].getParameterizedType());
      } else if (parameters[i].isAnnotationPresent(jakarta.annotation.Nonnull.class)) {
        arguments[i] =
            switch (parameters[i].getType().getSimpleName()) {
              case "GenerationId" -> GenerationId.of(18502);
              case "Long" -> 13L;
              default -> "dall-e-3";
            };
      }
    }
    return arguments;
  }

  private static Object read(JsonNode json, Type type) throws IOException {
    Response response =
        Response.builder()
            .status(200)
            .request(
                feign.Request.create(
                    feign.Request.HttpMethod.GET, "http://localhost", Map.of(), null, null, null))
            .body(JSON.writeValueAsBytes(json))
            .build();
    return new JsonCodec().decode(response, type);
  }

  private static byte[] written(Object value) {
    RequestTemplate template = new RequestTemplate();
    new JsonCodec().encode(value, value.getClass(), template);
    return template.body();
  }

  /** Absent and null mean the same; 5 and 5.0 too. */
  private static JsonNode withoutNulls(JsonNode node) {
    if (node.isObject()) {
      ObjectNode copy = JSON.createObjectNode();
      node.properties().stream()
          .filter(member -> !member.getValue().isNull())
          .forEach(member -> copy.set(member.getKey(), withoutNulls(member.getValue())));
      return copy;
    }
    if (node.isArray()) {
      return JSON.createArrayNode()
          .addAll(
              Stream.iterate(0, i -> i < node.size(), i -> i + 1)
                  .map(i -> withoutNulls(node.get(i)))
                  .toList());
    }
    return node.isNumber() ? JSON.getNodeFactory().numberNode(node.doubleValue()) : node;
  }
}
