import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Makes the pages of the contract: one folder that needs no network. Each operation has the rows of
 * docs/contradictions.md that say they bite there, and a link to its Java method.
 */
final class Reference {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String EVERYWHERE = "everywhere";

  private static final Pattern ROW =
      Pattern.compile("\\| (?<subject>.+?) <!-- at: (?<at>[\\w ]+) --> \\|(?<rest>.*)\\|");
  private static final Pattern METHOD =
      Pattern.compile(
          "\\n"
              + "  /\\*\\*\\n"
              + "(?<doc>(?:   \\*.*\\n"
              + "|\\n"
              + ")*?)   \\*/\\n"
              + "(?<head>(?:  \\S.*\\n"
              + "|    \".*\\n"
              + "|  }.*\\n"
              + ")*?)  (?<signature>[\\w.<>]+ (?<name>\\w+)\\([^;{]*\\));");
  private static final Pattern TAG = Pattern.compile("\\{@(?:link|code|linkplain) ([^}]*)}");

  private Reference() {}

  /**
   * Takes the bundle, docs/contradictions.md, Redoc's script, the folder of the generated
   * interfaces, and the folder to write into.
   */
  public static void main(String[] args) throws IOException {
    JsonNode contract = new ObjectMapper(new YAMLFactory()).readTree(Path.of(args[0]).toFile());
    Map<String, List<String>> notes = notes(Path.of(args[1]));
    Map<String, String> methods = methods(Path.of(args[3]));
    Set<String> operations = new LinkedHashSet<>();
    for (JsonNode path : contract.path("paths")) {
      for (JsonNode operation : path) {
        if (operation.has("operationId")) {
          operations.add(operation.get("operationId").asText());
          explain((ObjectNode) operation, notes, methods);
        }
      }
    }
    ObjectNode info = (ObjectNode) contract.path("info");
    info.put(
        "description",
        info.path("description").asText() + quoted(notes.getOrDefault(EVERYWHERE, List.of())));
    for (String at : notes.keySet()) {
      if (!at.equals(EVERYWHERE) && !operations.contains(at)) {
        throw new IOException(args[1] + " names " + at + ", which is no operation.");
      }
    }
    Path folder = Path.of(args[4]);
    Files.createDirectories(folder);
    Files.copy(Path.of(args[2]), folder.resolve("redoc.js"), StandardCopyOption.REPLACE_EXISTING);
    Files.writeString(folder.resolve("java.html"), javaPage(methods));
    // In the page itself: a browser does not let a page of the disk read another file.
    Files.writeString(
        folder.resolve("index.html"),
        """
        <!doctype html>
        <html lang="en">
        <head><meta charset="utf-8"><title>%s</title>
        <link rel="icon" href="data:,">
        <meta name="viewport" content="width=device-width, initial-scale=1"></head>
        <body style="margin:0"><div id="reference"></div>
        <script src="redoc.js"></script>
        <script>
        Redoc.init(%s, {disableGoogleFont: true, hideDownloadButtons: true, hideLogo: true},
            document.getElementById('reference'));
        </script>
        </body>
        </html>
        """
            .formatted(
                info.path("title").asText(),
                JSON.writeValueAsString(contract).replace("</", "<\\/")));
  }

  /** Reads the rows, each where it says that it bites. */
  private static Map<String, List<String>> notes(Path contradictions) throws IOException {
    Map<String, List<String>> notes = new LinkedHashMap<>();
    for (String line : Files.readAllLines(contradictions)) {
      Matcher row = ROW.matcher(line);
      if (row.matches()) {
        List<String> cells = new ArrayList<>();
        for (String cell : row.group("rest").split("(?<!\\\\)\\|")) {
          cells.add(cell.strip());
        }
        String note =
            cells.size() == 1
                ? "**The documentation does not say: %s.** This client assumes: %s"
                    .formatted(row.group("subject"), cells.get(0))
                : "**The documentation contradicts itself: %s.** One page: %s. Another: %s. This client: %s"
                    .formatted(row.group("subject"), cells.get(0), cells.get(1), cells.get(2));
        for (String at : row.group("at").split(" ")) {
          notes.computeIfAbsent(at, each -> new ArrayList<>()).add(note);
        }
      } else if (line.startsWith("| ") && line.endsWith(" |") && line.contains("`schemas/")) {
        throw new IOException("Where does this row bite? Say <!-- at: … --> in it. " + line);
      }
    }
    return notes;
  }

  private static String quoted(List<String> notes) {
    StringBuilder text = new StringBuilder();
    notes.forEach(each -> text.append("\n\n> ").append(each));
    return text.toString();
  }

  private static void explain(
      ObjectNode operation, Map<String, List<String>> notes, Map<String, String> methods) {
    String id = operation.path("operationId").asText();
    boolean isHandWritten = operation.path("x-hand-written").asBoolean();
    String call =
        isHandWritten
            ? "ElumentaClient, by hand: see the README"
            : "client.api(%sApi.class).%s(...)"
                .formatted(operation.path("tags").path(0).asText(), id);
    String link =
        methods.containsKey(id) ? "\n\nIn Java: [`%s`](java.html#%s)".formatted(call, id) : "";
    operation.put(
        "description",
        operation.path("description").asText() + link + quoted(notes.getOrDefault(id, List.of())));
    operation
        .putArray("x-codeSamples")
        .addObject()
        .put("lang", "Java")
        .put("label", "Java")
        .put("source", call);
  }

  /** Finds the methods of the generated interfaces: name, and what the page says of it. */
  private static Map<String, String> methods(Path folder) throws IOException {
    Map<String, String> methods = new LinkedHashMap<>();
    if (!Files.isDirectory(folder)) {
      System.err.println(
          "There are no generated interfaces, so there are no links to Java methods: mvn compile.");
      return methods;
    }
    try (Stream<Path> files = Files.list(folder)) {
      for (Path file :
          files.filter(each -> each.toString().endsWith("Api.java")).sorted().toList()) {
        Matcher method = METHOD.matcher(Files.readString(file));
        String type = file.getFileName().toString().replace(".java", "");
        while (method.find()) {
          String signature =
              method.group("signature").replaceAll("@[\\w.]+(\\(\"?[^\")]*\"?\\))? ", "");
          String doc =
              method.group("doc").replaceAll("(?m)^   \\* ?", "").replaceAll("\\n\\n+", "\n\n");
          methods.merge(
              method.group("name"),
              "<pre><b>%s</b>.%s</pre>\n<div>%s</div>\n"
                  .formatted(type, escaped(signature), doc(doc)),
              String::concat);
        }
      }
    }
    return methods;
  }

  private static String doc(String text) {
    String shown = TAG.matcher(text).replaceAll("<code>$1</code>");
    return shown
        .replaceAll("(?m)^@throws (\\S+) (\\S+):", "<br><code>$1</code> $2:")
        .replaceAll("(?m)^@param (\\S+)", "<br><code>$1</code>")
        .replaceAll("(?m)^@return", "<br>Returns");
  }

  private static String escaped(String text) {
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
  }

  private static String javaPage(Map<String, String> methods) {
    StringBuilder page =
        new StringBuilder(
            """
            <!doctype html>
            <html lang="en">
            <head><meta charset="utf-8"><title>Java methods</title>
            <link rel="icon" href="data:,">
            <meta name="viewport" content="width=device-width, initial-scale=1">
            <style>
            :root {color-scheme: light dark}
            body {font: 16px/1.5 sans-serif; max-width: 60rem; margin: 2rem auto; padding: 0 1rem}
            pre {white-space: pre-wrap} section:target {outline: 2px solid; outline-offset: .5rem}
            </style></head>
            <body><h1>Java methods</h1><p><a href="index.html">The contract</a></p>
            """);
    methods.forEach(
        (name, text) ->
            page.append(
                "<section id=\"%s\"><h2>%s</h2>\n%s</section>\n".formatted(name, name, text)));
    return page.append("</body></html>\n").toString();
  }
}
