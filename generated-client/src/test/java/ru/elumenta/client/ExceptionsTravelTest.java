package ru.elumenta.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.io.ObjectStreamClass;
import java.lang.reflect.Constructor;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.RecordComponent;
import java.math.BigDecimal;
import java.net.URI;
import java.nio.file.FileSystemAlreadyExistsException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import ru.elumenta.client.model.Generation;
import ru.elumenta.client.model.GenerationId;
import ru.elumenta.client.model.GenerationStatus;
import ru.elumenta.error.ElumentaException;
import ru.elumenta.error.ErrorContext;
import ru.elumenta.error.Execution;
import ru.elumenta.error.RateLimitException;
import ru.elumenta.error.RateLimits;

/**
 * Every exception can be made by a test of an application, and travels to another process with all
 * that it says. The classes are found on the class path: a new one is among them by itself.
 */
class ExceptionsTravelTest {
  private static final ErrorContext CONTEXT =
      ErrorContext.builder("POST", "/generate")
          .status(429)
          .rawCode("rate_limit_exceeded")
          .serverMessage("Slow down, please")
          .details(
              new LinkedHashMap<>(
                  Map.of(
                      "retry_after",
                      new BigDecimal("12.5"),
                      "required",
                      8,
                      "available",
                      3L,
                      "provider",
                      "openai",
                      "fields",
                      List.of(Map.of("field", "size", "message", "too large")),
                      "odd",
                      new Object(),
                      "deep",
                      Map.of("none", Optional.empty(), "some", new Object[] {1, new Thread()}))))
          .rawBody("{\"error\":\"rate_limit_exceeded\"}")
          .headers(Map.of("X-RateLimit-Limit-Hour", List.of("60"), "X-Request-Id", List.of("r1")))
          .attempts(3)
          .elapsed(Duration.ofMillis(1_234))
          .occurredAt(Instant.parse("2026-01-02T03:04:05Z"))
          .execution(Execution.NOT_EXECUTED)
          .generationId("18473")
          .remark("The wait would exceed the deadline.")
          .build();

  static Stream<Constructor<?>> constructors() throws Exception {
    return classes()
        .filter(type -> !Modifier.isAbstract(type.getModifiers()))
        .flatMap(type -> Stream.of(type.getConstructors()));
  }

  private static Stream<Class<?>> classes() throws Exception {
    List<Path> roots = List.of(rootOf(ElumentaException.class), rootOf(ElumentaClient.class));
    Stream.Builder<Class<?>> found = Stream.builder();
    for (Path root : roots) {
      try (Stream<Path> files = Files.walk(root)) {
        for (Path file :
            files.filter(each -> each.toString().endsWith("Exception.class")).toList()) {
          String name = root.relativize(file).toString().replace('/', '.').replace('\\', '.');
          Class<?> type = Class.forName(name.substring(0, name.length() - ".class".length()));
          if (ElumentaException.class.isAssignableFrom(type)) {
            found.add(type);
          }
        }
      }
    }
    return found.build();
  }

  private static Path rootOf(Class<?> type) throws Exception {
    Path root = Path.of(type.getProtectionDomain().getCodeSource().getLocation().toURI());
    if (Files.isDirectory(root)) {
      return root;
    }
    URI jar = URI.create("jar:" + root.toUri());
    try {
      return FileSystems.newFileSystem(jar, Map.of()).getPath("/");
    } catch (FileSystemAlreadyExistsException e) {
      return FileSystems.getFileSystem(jar).getPath("/");
    }
  }

  @Test
  void allAreFoundAndCanBeMadeByAnybody() throws Exception {
    assertThat(classes())
        .hasSizeGreaterThan(25)
        .contains(RateLimitException.class)
        .allSatisfy(
            type -> {
              assertThat(Modifier.isPublic(type.getModifiers())).isTrue();
              assertThat(ObjectStreamClass.lookup(type).getSerialVersionUID())
                  .as("the version of %s, which no change of a method may change", type.getName())
                  .isEqualTo(1);
              if (!Modifier.isAbstract(type.getModifiers())) {
                assertThat(type.getConstructors()).as("constructors of %s", type).isNotEmpty();
              }
            });
  }

  @ParameterizedTest
  @MethodSource("constructors")
  void itTravelsWithAllThatItSays(Constructor<?> constructor) throws Exception {
    ElumentaException made =
        (ElumentaException)
            constructor.newInstance(
                Stream.of(constructor.getParameterTypes()).map(type -> sample(type, 3)).toArray());
    made.addSuppressed(new RateLimitException(CONTEXT));

    ElumentaException unread = copyOf(made); // nobody has read its message before
    String message = made.getMessage();
    ElumentaException read = copyOf(made);

    for (ElumentaException copy : List.of(unread, read)) {
      assertThat(copy).isExactlyInstanceOf(made.getClass()).hasMessage(message);
      assertThat(said(copy)).isEqualTo(said(made));
      assertThat(copy.context()).isEqualTo(made.context()).hasSameHashCodeAs(made.context());
      assertThat(said(copy.context())).isEqualTo(said(made.context()));
      assertThat(copy.getSuppressed()).hasSize(1);
      assertThat(copy.getStackTrace()).isEqualTo(made.getStackTrace());
      assertThat(String.valueOf(copy.getCause())).isEqualTo(String.valueOf(made.getCause()));
    }
  }

  @Test
  void whatCannotTravelIsKeptAsText() {
    assertThat(CONTEXT.details().get("odd")).asString().startsWith("java.lang.Object@");
    assertThat(CONTEXT.details().get("deep")).asString().contains("none=null").contains("Thread[");
  }

  @Test
  void detailsAreCopiedAndCannotBeChanged() {
    List<Object> inner = new ArrayList<>(List.of(1));
    ErrorContext context = ErrorContext.builder("GET", "/").details(Map.of("inner", inner)).build();
    inner.add(2);

    assertThat(context.details()).isEqualTo(Map.of("inner", List.of(1)));
    assertThatExceptionOfType(UnsupportedOperationException.class)
        .isThrownBy(() -> ((List<?>) context.details().get("inner")).clear());
  }

  @Test
  void windowsOfRateLimitsTravel() throws Exception {
    RateLimits.Window window =
        new RateLimits.Window(
            OptionalLong.of(60), OptionalLong.empty(), Optional.of(Instant.EPOCH));
    RateLimits limits =
        new RateLimits(
            window,
            new RateLimits.Window(OptionalLong.empty(), OptionalLong.of(0), Optional.empty()));

    assertThat(copyOf(limits)).isEqualTo(limits).hasToString(limits.toString());
  }

  @Test
  void contextsAreEqualIfAllTheySayIs() {
    assertThat(CONTEXT).isEqualTo(CONTEXT.toBuilder().build());
    assertThat(CONTEXT).isNotEqualTo(CONTEXT.toBuilder().status(500).build());
    assertThat(CONTEXT).isNotEqualTo(CONTEXT.toBuilder().remark(null).build());
    assertThat(CONTEXT).isNotEqualTo(CONTEXT.toBuilder().headers(Map.of()).build());
  }

  private static Map<String, Object> said(Object speaker) throws Exception {
    Map<String, Object> said = new TreeMap<>();
    for (Method method : speaker.getClass().getMethods()) {
      boolean isAccessor =
          method.getParameterCount() == 0
              && method.getReturnType() != void.class
              && !Modifier.isStatic(method.getModifiers())
              && method.getDeclaringClass() != Object.class
              && method.getDeclaringClass() != Throwable.class
              && !method.getName().equals("toBuilder")
              && !method.getName().equals("hashCode");
      if (isAccessor) {
        said.put(method.getName(), method.invoke(speaker));
      }
    }
    assertThat(said).isNotEmpty();
    return said;
  }

  private static Object sample(Class<?> type, int depth) {
    if (type == ErrorContext.class) {
      return CONTEXT;
    }
    if (type.isAssignableFrom(RateLimitException.class)) {
      return new RateLimitException(CONTEXT);
    }
    if (type == Generation.class) {
      return new Generation()
          .id(GenerationId.of(18473))
          .status(GenerationStatus.FAILED)
          .error("Content policy")
          .createdAt(Instant.parse("2026-01-02T03:04:05Z"))
          .tokensSpent(0L);
    }
    Map<Class<?>, Object> known =
        Map.ofEntries(
            Map.entry(String.class, "it broke"),
            Map.entry(Duration.class, Duration.ofMillis(1_500)),
            Map.entry(Instant.class, Instant.EPOCH),
            Map.entry(GenerationId.class, GenerationId.of("gen_1")),
            Map.entry(GenerationStatus.class, GenerationStatus.PENDING),
            Map.entry(OptionalLong.class, OptionalLong.of(7)),
            Map.entry(OptionalInt.class, OptionalInt.of(7)),
            Map.entry(Optional.class, Optional.of("it broke")),
            Map.entry(List.class, List.of()),
            Map.entry(Map.class, Map.of()),
            Map.entry(long.class, 9L),
            Map.entry(int.class, 9),
            Map.entry(boolean.class, true));
    if (known.containsKey(type)) {
      return known.get(type);
    }
    if (type.isEnum()) {
      return type.getEnumConstants()[0];
    }
    return type.isRecord() && depth > 0 ? record(type, depth) : null;
  }

  private static Object record(Class<?> type, int depth) {
    Class<?>[] types =
        Arrays.stream(type.getRecordComponents())
            .map(RecordComponent::getType)
            .toArray(Class<?>[]::new);
    try {
      return type.getConstructor(types)
          .newInstance(Stream.of(types).map(each -> sample(each, depth - 1)).toArray());
    } catch (ReflectiveOperationException notByAnybody) {
      return null;
    }
  }

  @SuppressWarnings("unchecked")
  private static <T> T copyOf(T original) throws IOException, ClassNotFoundException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
      out.writeObject(original);
    }
    try (ObjectInputStream in =
        new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray()))) {
      return (T) in.readObject();
    }
  }
}
