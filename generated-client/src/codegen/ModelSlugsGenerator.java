import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Writes the class ModelSlugs from the catalogue of models. Run by the build as a single source file:
 * {@code java ModelSlugsGenerator.java <models.yaml> <output folder>}.
 *
 * <p>The catalogue is flat YAML, one key per line; a line of any other form stops the build.
 */
final class ModelSlugsGenerator {
  private static final Pattern IGNORED = Pattern.compile("\\s*(#.*)?|models:");
  private static final Pattern MEMBER = Pattern.compile("( {2}- | {4})(\\w+): *(.+)");

  private ModelSlugsGenerator() {}

  public static void main(String[] args) throws IOException {
    List<Map<String, String>> models = read(Files.readAllLines(Path.of(args[0])));
    Path file = Path.of(args[1], "ru", "elumenta", "client", "model", "ModelSlugs.java");
    Files.createDirectories(file.getParent());
    Files.writeString(file, source(models));
  }

  private static List<Map<String, String>> read(List<String> lines) {
    List<Map<String, String>> models = new ArrayList<>();
    for (String line : lines) {
      Matcher member = MEMBER.matcher(line);
      if (member.matches()) {
        if (member.group(1).contains("-")) {
          models.add(new LinkedHashMap<>());
        }
        models.get(models.size() - 1).put(member.group(2), unquoted(member.group(3)));
      } else if (!IGNORED.matcher(line).matches()) {
        throw new IllegalArgumentException("Not a line of the catalogue: " + line);
      }
    }
    return models;
  }

  private static String unquoted(String value) {
    return value.strip().replaceAll("^['\"]|['\"]$", "");
  }

  private static String source(List<Map<String, String>> models) {
    StringBuilder java = new StringBuilder();
    java.append(
        """
        package ru.elumenta.client.model;

        import java.util.Set;

        /**
         * The slugs of the models that the documentation lists, generated from the catalogue in the
         * contract ({@code elumenta-openapi/catalog/models.yaml}). The list is not closed: any other
         * string may be a slug too.
         */
        public final class ModelSlugs {
          private ModelSlugs() {}
        """);
    for (Map<String, String> model : models) {
      String slug = model.get("slug");
      java.append("\n  /** ").append(description(model)).append(" */\n");
      java.append("  public static final String ").append(constant(slug));
      java.append(" = \"").append(slug).append("\";\n");
    }
    String videos =
        models.stream()
            .filter(model -> model.get("category").equals("video"))
            .map(model -> constant(model.get("slug")))
            .collect(Collectors.joining(", "));
    java.append("\n  /** Those of them that make videos. */\n");
    java.append("  public static final Set<String> VIDEO = Set.of(").append(videos).append(");\n");
    return java.append("}\n").toString();
  }

  private static String constant(String slug) {
    return slug.toUpperCase(Locale.ROOT).replaceAll("[^A-Z0-9]+", "_");
  }

  private static String description(Map<String, String> model) {
    String min = model.get("min_tokens");
    String max = model.get("max_tokens");
    StringBuilder text = new StringBuilder(model.getOrDefault("name", model.get("slug")));
    text.append(": ").append(model.get("category").replace('_', ' '));
    if (model.containsKey("provider")) {
      text.append(", ").append(model.get("provider"));
    }
    if (model.containsKey("tier")) {
      text.append(", tier ").append(model.get("tier"));
    }
    text.append(", ").append(min.equals(max) ? min : min + " to " + max);
    return text.append(max.equals("1") ? " token." : " tokens.").toString();
  }
}
