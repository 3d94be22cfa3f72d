package ru.elumenta.client;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import feign.Request;
import feign.Response;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import ru.elumenta.error.ElumentaErrorDecoder;
import ru.elumenta.error.ElumentaException;
import ru.elumenta.error.model.ErrorCode;

/** The statuses of the contract, the exceptions, and the README's table say the same. */
class ErrorTableTest {
  private static final YAMLMapper YAML = new YAMLMapper();

  /** From status to exceptions, as the contract's error responses name them. */
  private static Map<Integer, Set<String>> contract() throws IOException {
    Map<Integer, Set<String>> table = new TreeMap<>();
    JsonNode responses = yaml("errors/responses.yaml").path("responses");
    for (Path file : pathFiles()) {
      for (JsonNode status : YAML.readTree(file.toFile()).findValues("responses")) {
        status
            .properties()
            .forEach(
                entry -> {
                  String reference = entry.getValue().path("$ref").asText();
                  Set<String> names =
                      table.computeIfAbsent(
                          Integer.parseInt(entry.getKey()), any -> new TreeSet<>());
                  responses
                      .path(reference.substring(reference.lastIndexOf('/') + 1))
                      .path("x-exceptions")
                      .forEach(name -> names.add(name.asText()));
                });
      }
    }
    table.keySet().removeIf(status -> status < 400);
    return table;
  }

  private static List<Path> pathFiles() throws IOException {
    try (Stream<Path> files = Files.list(contractFolder().resolve("paths"))) {
      return files.sorted().toList();
    }
  }

  private static Path contractFolder() {
    return Path.of("..", "openapi", "src", "main", "resources", "elumenta-openapi");
  }

  private static JsonNode yaml(String file) throws IOException {
    return YAML.readTree(contractFolder().resolve(file).toFile());
  }

  /** From status to exceptions, as the first two columns of the README's table name them. */
  private static Map<Integer, Set<String>> readme() throws IOException {
    Map<Integer, Set<String>> table = new TreeMap<>();
    for (String[] row : readmeRows()) {
      if (row[1].matches("\\d{3}\\b.*")) {
        table
            .computeIfAbsent(Integer.parseInt(row[1].substring(0, 3)), any -> new TreeSet<>())
            .add(row[2].replace("`", ""));
      }
    }
    return table;
  }

  private static List<String[]> readmeRows() throws IOException {
    List<String[]> rows = new ArrayList<>();
    for (String line : Files.readAllLines(Path.of("..", "README.md"))) {
      if (line.contains("Exception` |")) {
        rows.add(line.split(" *\\| *"));
      }
    }
    return rows;
  }

  @Test
  void contractAndReadmeNameTheSameExceptionsForEachStatus() throws IOException {
    assertThat(contract()).hasSizeGreaterThanOrEqualTo(10).isEqualTo(readme());
  }

  @Test
  void theDecoderThrowsForEachStatusOneOfTheExceptionsTheContractNames() throws IOException {
    Map<Integer, Set<String>> decoded = new TreeMap<>();
    for (int status : contract().keySet()) {
      for (ErrorCode code : ErrorCode.values()) {
        ElumentaException failure = decode(status, code.getValue());
        if (failure.context().code().isPresent()
            && !failure.getClass().getSimpleName().equals("UnexpectedResponseException")) {
          decoded
              .computeIfAbsent(status, any -> new TreeSet<>())
              .add(failure.getClass().getSimpleName());
        }
      }
    }
    // A server error is what its code says, whichever of the two statuses it comes with.
    Set<String> serverErrors = Set.of("ProviderException", "ModelUnavailableException");
    assertThat(decoded.remove(500)).isEqualTo(serverErrors);
    assertThat(decoded.remove(503)).isEqualTo(serverErrors);
    Map<Integer, Set<String>> clientErrors = contract();
    clientErrors.keySet().removeIf(status -> status >= 500);
    assertThat(decoded).isEqualTo(clientErrors);
  }

  @Test
  void theReadmeNamesEveryExceptionThereIs() throws IOException {
    Set<String> named =
        readmeRows().stream().map(row -> row[2].replace("`", "")).collect(Collectors.toSet());

    Set<String> existing = new TreeSet<>();
    existing.addAll(exceptionsIn(Path.of("..", "error-model/src/main/java/ru/elumenta/error")));
    for (String folder : List.of("error", "journal", "session")) {
      existing.addAll(exceptionsIn(Path.of("src/main/java/ru/elumenta/client", folder)));
    }
    assertThat(named).isEqualTo(existing);
  }

  private static Set<String> exceptionsIn(Path sources) throws IOException {
    Set<String> names = new TreeSet<>();
    try (Stream<Path> files = Files.list(sources)) {
      for (Path file : files.toList()) {
        String name = file.getFileName().toString().replace(".java", "");
        if (name.endsWith("Exception") && !Files.readString(file).contains("public abstract ")) {
          names.add(name);
        }
      }
    }
    return names;
  }

  private static ElumentaException decode(int status, String code) {
    Request request =
        Request.create(
            Request.HttpMethod.POST, "http://localhost/generate", Map.of(), null, null, null);
    return new ElumentaErrorDecoder()
        .decode(
            "any",
            Response.builder()
                .status(status)
                .request(request)
                .headers(Map.of())
                .body("{\"error\":\"" + code + "\"}", StandardCharsets.UTF_8)
                .build());
  }
}
