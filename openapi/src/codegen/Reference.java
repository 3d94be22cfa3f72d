import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/**
 * Makes the pages of the contract: one folder that needs no network. Each operation names its Java
 * method and the rows of docs/contradictions.md that concern it.
 */
final class Reference {
  private static final ObjectMapper JSON = new ObjectMapper();

  /** Both the contract and the table of contradictions name the pages that they go by. */
  private static final Pattern PAGE = Pattern.compile("(?:api-reference/|(?=guides/))([\\w/-]+)");

  private Reference() {}

  /** Takes the bundle, docs/contradictions.md, Redoc's script and the folder to write into. */
  public static void main(String[] args) throws IOException {
    JsonNode contract = new ObjectMapper(new YAMLFactory()).readTree(Path.of(args[0]).toFile());
    List<String> rows = rows(Path.of(args[1]));
    contract
        .path("paths")
        .properties()
        .forEach(
            path ->
                path.getValue()
                    .forEach(
                        operation -> {
                          if (operation.has("operationId")) {
                            explain((ObjectNode) operation, rows);
                          }
                        }));
    Path folder = Path.of(args[3]);
    Files.createDirectories(folder);
    Files.copy(
        Path.of(args[2]),
        folder.resolve("redoc.js"),
        StandardCopyOption.REPLACE_EXISTING);
    // In the page itself: a browser does not let a page of the disk read another file.
    Files.writeString(
        folder.resolve("index.html"),
        """
        <!doctype html>
        <html lang="en">
        <head><meta charset="utf-8"><title>%s</title>
        <meta name="viewport" content="width=device-width, initial-scale=1"></head>
        <body style="margin:0"><div id="reference"></div>
        <script src="redoc.js"></script>
        <script>
        Redoc.init(%s, {disableGoogleFont: true, hideDownloadButtons: true},
            document.getElementById('reference'));
        </script>
        </body>
        </html>
        """
            .formatted(
                contract.path("info").path("title").asText(),
                JSON.writeValueAsString(contract).replace("</", "<\\/")));
  }

  private static List<String> rows(Path contradictions) throws IOException {
    List<String> rows = new ArrayList<>();
    for (String line : Files.readAllLines(contradictions)) {
      if (line.startsWith("| ") && !line.startsWith("| ---")) {
        rows.add(line);
      }
    }
    return rows;
  }

  private static void explain(ObjectNode operation, List<String> rows) {
    String id = operation.path("operationId").asText();
    StringBuilder text = new StringBuilder(operation.path("description").asText());
    List<String> pages =
        PAGE.matcher(text).results().map(page -> "`" + page.group(1) + "`").toList();
    for (String row : rows) {
      if (pages.stream().anyMatch(row::contains)) {
        String[] cells = row.split("(?<!\\\\)\\|");
        text.append("\n\n> **The documentation contradicts itself: ").append(cells[1].strip());
        text.append(".**");
        for (int i = 2; i < cells.length; i++) {
          text.append(i == 2 ? " " : " / ").append(cells[i].strip());
        }
      }
    }
    operation.put("description", text.toString());
    boolean isHandWritten = operation.path("x-hand-written").asBoolean();
    String call =
        isHandWritten
            ? "ElumentaClient, by hand: see the README"
            : "client.api(%sApi.class).%s(...)"
                .formatted(operation.path("tags").path(0).asText(), id);
    operation
        .putArray("x-codeSamples")
        .addObject()
        .put("lang", "Java")
        .put("label", "Java")
        .put("source", call);
  }
}
