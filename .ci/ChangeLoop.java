import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.xml.parsers.DocumentBuilderFactory;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;

/**
 * Edits the contract in each of the ways of change-loop.diff, each alone and in a copy of this tree, and prints what the build says:
 * which guard, in which words, after how many seconds.
 *
 * <pre>
 *   java .ci/ChangeLoop.java                all edits; the guards of the contract, about ten seconds each
 *   java .ci/ChangeLoop.java whole          then also all code is compiled and held against the contract, which takes several times as long
 *   java .ci/ChangeLoop.java whole rename   those edits whose heading contains the word
 *   MVN='mvn -T2' java .ci/ChangeLoop.java
 * </pre>
 */
public final class ChangeLoop {
  private static final String CONTRACT = "openapi/src/main/resources/elumenta-openapi";
  private static final List<String> GUARDED = List.of("openapi", "error-model", "generated-client");

  /** The tests of the module openapi that read the contract. */
  private static final String CONTRACT_ALONE =
      "BundleTest,CatalogTest,CompatibilityTest,ContractReaderTest,ContractRulesTest,ExamplesTest,GenerationIdInPathTest,LeftoversTest,"
          + "NamedValuesTest";

  /** Those of the modules that are made from it. */
  private static final String CODE =
      "DocumentedCodeTest,ErrorTableTest,FailureTableTest,GeneratedCodeTest,HandWrittenOperationsTest,QueryObjectsTest,"
          + "RetryTableTest,UnknownMembersTest,WireFormatTest,WireSamplesTest";

  private static final Pattern COMPILER = Pattern.compile("\\[ERROR] \\S*/([\\w.-]+\\.java):\\[[\\d,]+] (.*)");
  private static final Pattern ERROR = Pattern.compile("\\[ERROR] +(\\S.*)");
  private static final Pattern SECONDS = Pattern.compile("Total time: +(?:(\\d+):(\\d+) min|([\\d.]+) s)");
  private static final int LONGEST = 220;

  private final Path work;
  private final Path tree;
  private final boolean isWhole;

  private ChangeLoop(Path work, boolean isWhole) {
    this.work = work;
    this.tree = work.resolve("tree");
    this.isWhole = isWhole;
  }

  /**
   * A way to edit.
   *
   * @param heading kind and what is edited
   */
  private record Edit(String heading, List<Hunk> hunks) {}

  private record Hunk(String file, String before, String after) {}

  private record Build(boolean passed, double seconds, String log) {}

  public static void main(String[] words) throws Exception {
    if (!Files.isDirectory(Path.of(CONTRACT))) {
      System.err.println("Run it where the root POM is: java .ci/ChangeLoop.java");
      System.exit(2);
    }
    boolean isWhole = Arrays.asList(words).contains("whole");
    List<Edit> edits =
        read(Path.of(".ci", "change-loop.diff")).stream()
            .filter(
                each ->
                    Arrays.stream(words).filter(word -> !word.equals("whole")).allMatch(each.heading()::contains))
            .toList();
    Path work = Files.createTempDirectory("change-loop");
    try {
      new ChangeLoop(work, isWhole).run(edits);
    } finally {
      try (Stream<Path> files = Files.walk(work)) {
        files.sorted(java.util.Comparator.reverseOrder()).forEach(each -> each.toFile().delete());
      }
    }
  }

  private void run(List<Edit> edits) throws Exception {
    copy();
    for (Edit edit : edits) { // one that no longer fits the contract is told before anything is built
      restore(apply(edit));
    }
    List<String> stages = isWhole ? List.of(CONTRACT_ALONE, CODE) : List.of(CONTRACT_ALONE);
    for (String stage : stages) { // the copy is built from nothing, and says nothing
      Map<String, String> already = new TreeMap<>();
      stage(stage, already);
      if (!already.isEmpty()) {
        throw new IllegalStateException("Before any edit: " + already);
      }
    }
    System.out.println("| edit | noticed by | in these words | seconds |");
    System.out.println("| --- | --- | --- | --- |");
    for (Edit edit : edits) {
      Map<Path, String> originals = apply(edit);
      Map<String, String> said = new TreeMap<>();
      List<String> seconds = new ArrayList<>();
      for (String stage : stages) {
        seconds.add("%.0f".formatted(stage(stage, said)));
      }
      System.out.printf(
          "| %s | %s | %s | %s |%n",
          edit.heading().replace(" | ", ", "),
          said.isEmpty() ? "nobody" : String.join(", ", said.keySet()),
          String.join("; ", said.values()),
          String.join(" + ", seconds));
      restore(originals);
    }
  }

  /** Everything that git knows or would take, as it stands in this folder. */
  private void copy() throws IOException, InterruptedException {
    Process git = new ProcessBuilder("git", "ls-files", "-co", "--exclude-standard").start();
    for (String file : new String(git.getInputStream().readAllBytes()).lines().toList()) {
      Files.createDirectories(tree.resolve(file).getParent());
      if (Files.isRegularFile(Path.of(file))) {
        Files.copy(Path.of(file), tree.resolve(file), java.nio.file.StandardCopyOption.COPY_ATTRIBUTES);
      }
    }
    if (git.waitFor() != 0) {
      throw new IOException("git ls-files failed");
    }
  }

  /** Returns what stood in the files before. */
  private Map<Path, String> apply(Edit edit) throws IOException {
    Map<Path, String> originals = new TreeMap<>();
    for (Hunk hunk : edit.hunks()) {
      Path file = tree.resolve(CONTRACT).resolve(hunk.file());
      String text = Files.readString(file);
      originals.putIfAbsent(file, text);
      int at = ("\n" + text).indexOf("\n" + hunk.before());
      if (at < 0 || ("\n" + text).indexOf("\n" + hunk.before(), at + 1) >= 0) {
        throw new IllegalStateException(
            "%s: does not stand once in %s:%n%s".formatted(edit.heading(), hunk.file(), hunk.before()));
      }
      Files.writeString(file, text.substring(0, at) + hunk.after() + text.substring(at + hunk.before().length()));
    }
    return originals;
  }

  private static void restore(Map<Path, String> originals) throws IOException {
    for (Map.Entry<Path, String> each : originals.entrySet()) {
      Files.writeString(each.getKey(), each.getValue());
    }
  }

  /** Runs a stage, and adds who noticed something and what was said. */
  private double stage(String guards, Map<String, String> said) throws Exception {
    for (String module : GUARDED) {
      Path reports = tree.resolve(module).resolve("target/surefire-reports");
      if (Files.isDirectory(reports)) {
        try (Stream<Path> files = Files.list(reports)) {
          files.forEach(each -> each.toFile().delete());
        }
      }
    }
    double seconds = 0;
    if (guards.equals(CODE)) {
      Build all = maven("compile");
      said(all, said);
      seconds = all.seconds();
    }
    Build build =
        maven(
            "-pl", guards.equals(CODE) ? String.join(",", GUARDED) : GUARDED.get(0), "test", "-Dtest=" + guards,
            "-Dmaven.test.failure.ignore=true", "-Dsurefire.failIfNoSpecifiedTests=false");
    said(build, said);
    return seconds + build.seconds();
  }

  private Build maven(String... arguments) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(List.of(System.getenv().getOrDefault("MVN", "mvn").split(" +")));
    command.addAll(List.of("-o", "-B"));
    command.addAll(List.of(arguments));
    Path log = work.resolve("log");
    int status =
        new ProcessBuilder(command)
            .directory(tree.toFile())
            .redirectErrorStream(true)
            .redirectOutput(log.toFile())
            .start()
            .waitFor();
    String text = Files.readString(log);
    Matcher total = SECONDS.matcher(text);
    double seconds = 0;
    if (total.find()) {
      seconds =
          total.group(3) != null
              ? Double.parseDouble(total.group(3))
              : Integer.parseInt(total.group(1)) * 60 + Integer.parseInt(total.group(2));
    }
    return new Build(status == 0, seconds, text);
  }

  /** Adds who noticed something, and the first of what it said. */
  private void said(Build build, Map<String, String> said) throws Exception {
    Matcher compiler = COMPILER.matcher(build.log());
    if (compiler.find()) {
      said.putIfAbsent("the compiler", code(compiler.group(1) + ": " + compiler.group(2)));
    } else if (!build.passed()) {
      Matcher error = ERROR.matcher(build.log());
      said.putIfAbsent("the build", code(error.find() ? error.group(1) : "failed"));
    }
    for (String module : GUARDED) {
      Path reports = tree.resolve(module).resolve("target/surefire-reports");
      if (!Files.isDirectory(reports)) {
        continue;
      }
      try (Stream<Path> files = Files.list(reports)) {
        for (Path report : files.filter(each -> each.toString().endsWith(".xml")).sorted().toList()) {
          failures(report, said);
        }
      }
    }
  }

  private static void failures(Path report, Map<String, String> said) throws Exception {
    NodeList cases =
        DocumentBuilderFactory.newInstance().newDocumentBuilder().parse(report.toFile()).getElementsByTagName("testcase");
    for (int i = 0; i < cases.getLength(); i++) {
      Element test = (Element) cases.item(i);
      for (String kind : List.of("failure", "error")) {
        if (test.getElementsByTagName(kind).getLength() > 0) {
          String name = test.getAttribute("classname").replaceFirst(".*\\.", "").replaceFirst("\\$.*", "");
          Element failure = (Element) test.getElementsByTagName(kind).item(0);
          String message = failure.getAttribute("message");
          said.putIfAbsent("`" + name + "`", code(message.isBlank() ? failure.getAttribute("type") : message));
        }
      }
    }
  }

  private static String code(String words) {
    String line = words.strip().replaceAll("\\s+", " ").replace("|", "\\|").replace("`", "'");
    return "`" + (line.length() > LONGEST ? line.substring(0, LONGEST) + " …" : line) + "`";
  }

  private static List<Edit> read(Path file) throws IOException {
    List<Edit> edits = new ArrayList<>();
    String[] sections = Files.readString(file).split("(?m)^## ");
    for (String section : Arrays.copyOfRange(sections, 1, sections.length)) {
      String[] parts = section.strip().split("(?m)^@@ ");
      List<Hunk> hunks = new ArrayList<>();
      for (String part : Arrays.copyOfRange(parts, 1, parts.length)) {
        List<String> lines = part.lines().toList();
        hunks.add(
            new Hunk(lines.get(0), side(lines, '+'), side(lines, '-')));
      }
      edits.add(new Edit(parts[0].strip(), hunks));
    }
    return edits;
  }

  /** The lines of one side: all but those that begin with the other's sign. */
  private static String side(List<String> lines, char other) {
    StringBuilder text = new StringBuilder();
    for (String line : lines.subList(1, lines.size())) {
      if (line.isEmpty() || line.charAt(0) != other) {
        text.append(line.isEmpty() ? "" : line.substring(1)).append('\n');
      }
    }
    return text.toString();
  }
}
