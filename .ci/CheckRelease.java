import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.zip.ZipFile;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.transform.TransformerFactory;
import javax.xml.transform.dom.DOMSource;
import javax.xml.transform.stream.StreamResult;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.Node;

/**
 * Holds a folder of deployed artefacts against what Maven Central demands of a release
 * (https://central.sonatype.org/publish/requirements), and then shows that it would notice: each
 * file and each part of a POM is taken away once, and must be missed.
 *
 * <p>{@code java .ci/CheckRelease.java FOLDER [signed]}
 */
class CheckRelease {
  private static final String GROUP = "ru.elumenta";
  private static final String BOM = "elumenta-bom";
  private static final String PARENT = "elumenta-parent";

  /** Of a POM, by what is demanded inside; what a parent has counts, but for the first two. */
  private static final Map<String, List<String>> DEMANDED =
      Map.of(
          "name", List.of(),
          "description", List.of(),
          "url", List.of(),
          "licenses", List.of("license/name", "license/url"),
          "developers", List.of("developer/name"),
          "scm", List.of("connection", "developerConnection", "url"));

  private static final Set<String> OWN = Set.of("name", "description");

  private final boolean isSigned;
  private final Map<String, Artefact> artefacts = new TreeMap<>();
  private final List<String> complaints = new ArrayList<>();

  /** One POM and the files beside it, all of which begin with the same stem. */
  private record Artefact(String id, Path folder, String stem, Element pom) {
    boolean isJar() {
      return !"pom".equals(text(pom, "packaging"));
    }

    Path file(String ending) {
      return folder.resolve(stem + ending);
    }

    List<Path> files() throws IOException {
      try (Stream<Path> files = Files.list(folder)) {
        return files.filter(file -> file.getFileName().toString().startsWith(stem)).toList();
      }
    }
  }

  public static void main(String[] args) throws Exception {
    Path folder = Path.of(args[0]);
    boolean isSigned = args.length > 1 && args[1].equals("signed");
    CheckRelease check = new CheckRelease(folder, isSigned);
    if (!check.complaints.isEmpty()) {
      check.complaints.forEach(System.err::println);
      System.err.println(check.complaints.size() + " things that Maven Central would refuse.");
      System.exit(1);
    }
    int files = 0;
    for (Artefact artefact : check.artefacts.values()) {
      List<Path> its = artefact.files();
      files += its.size();
      System.out.printf("%s (%s): %d files%n", artefact.id, artefact.stem, its.size());
    }
    int missed = takeAway(folder, isSigned, check.artefacts.values().stream().toList());
    System.out.printf(
        "%d artefacts, %d files, %s: complete. Taken away one at a time, all %d were missed.%n",
        check.artefacts.size(), files, isSigned ? "signed" : "no key, no signatures", missed);
    if (check.artefacts.get(PARENT).stem.matches(".*-\\d{8}\\.\\d{6}-\\d+")) {
      System.out.println("A snapshot: before a release the version loses its -SNAPSHOT.");
    }
  }

  CheckRelease(Path folder, boolean isSigned) throws Exception {
    this.isSigned = isSigned;
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path pom : files.filter(file -> file.toString().endsWith(".pom")).toList()) {
        String name = pom.getFileName().toString();
        Element root = document(pom).getDocumentElement();
        String id = text(root, "artifactId");
        String stem = name.substring(0, name.length() - ".pom".length());
        artefacts.put(id, new Artefact(id, pom.getParent(), stem, root));
      }
    }
    checkSet();
    for (Artefact artefact : artefacts.values()) {
      checkPom(artefact);
      if (artefact.isJar()) {
        checkJars(artefact);
      }
      checkFiles(artefact);
    }
  }

  /** The BOM names the jars, all of them; with it and the parent of the jars that is everything. */
  private void checkSet() {
    Set<String> expected = new TreeSet<>(Set.of(BOM, PARENT));
    if (artefacts.containsKey(BOM)) {
      all(artefacts.get(BOM).pom, "dependency").forEach(each -> expected.add(text(each, "artifactId")));
    }
    expected.forEach(
        id -> require(artefacts.containsKey(id), "%s: not deployed, or without a POM", id));
    artefacts
        .keySet()
        .forEach(id -> require(expected.contains(id), "%s: deployed, but not in the BOM", id));
    if (artefacts.containsKey(BOM) && artefacts.containsKey(PARENT)) {
      Map<String, String> versions = pluginVersions(artefacts.get(PARENT).pom);
      pluginVersions(artefacts.get(BOM).pom)
          .forEach(
              (plugin, version) ->
                  require(
                      version.equals(versions.get(plugin)),
                      "%s: takes %s %s, the parent %s",
                      BOM,
                      plugin,
                      version,
                      versions.get(plugin)));
    }
  }

  private static Map<String, String> pluginVersions(Element pom) {
    Map<String, String> versions = new TreeMap<>();
    for (Element plugin : all(pom, "plugin")) {
      String version = text(plugin, "version");
      if (version.startsWith("${")) {
        version = text(pom, "properties/" + version.substring(2, version.length() - 1));
      }
      if (!version.isEmpty()) {
        versions.put(text(plugin, "artifactId"), version);
      }
    }
    return versions;
  }

  private void checkPom(Artefact artefact) {
    DEMANDED.forEach(
        (name, inside) -> {
          Element its = child(artefact.pom, name);
          Artefact parent = artefacts.get(text(artefact.pom, "parent/artifactId"));
          Element found =
              its == null && parent != null && !OWN.contains(name) ? child(parent.pom, name) : its;
          boolean isThere =
              found != null
                  && !found.getTextContent().isBlank()
                  && inside.stream().noneMatch(path -> text(found, path).isEmpty());
          require(isThere, "%s: its POM has no complete <%s>", artefact.id, name);
        });
    for (Element dependency : all(artefact.pom, "dependency")) {
      String id = text(dependency, "artifactId");
      require(
          !text(dependency, "groupId").equals(GROUP) || artefacts.containsKey(id),
          "%s: needs %s, which is not deployed",
          artefact.id,
          id);
    }
  }

  private void checkJars(Artefact artefact) throws IOException {
    Set<String> classes = entries(artefact, ".jar");
    Set<String> sources = entries(artefact, "-sources.jar");
    List<String> bare =
        classes.stream()
            .filter(name -> name.endsWith(".class") && !name.contains("$"))
            .map(name -> name.replace(".class", ".java"))
            .filter(name -> !sources.contains(name))
            .toList();
    require(sources.isEmpty() || bare.isEmpty(), "%s: no source of %s", artefact.id, bare);
    Set<String> pages = entries(artefact, "-javadoc.jar");
    require(
        pages.isEmpty() || pages.contains("index.html"),
        "%s: its Javadoc has no index.html",
        artefact.id);
    for (String ending : List.of("-cyclonedx.json", "-cyclonedx.xml")) {
      Path bill = artefact.file(ending);
      if (exists(artefact, ending)) {
        require(
            Files.readString(bill).contains("pkg:maven/" + GROUP + "/" + artefact.id + "@"),
            "%s: %s is the bill of something else",
            artefact.id,
            bill.getFileName());
      }
    }
  }

  private Set<String> entries(Artefact artefact, String ending) throws IOException {
    if (!exists(artefact, ending)) {
      return Set.of();
    }
    try (ZipFile zip = new ZipFile(artefact.file(ending).toFile())) {
      return zip.stream().map(entry -> entry.getName()).collect(Collectors.toSet());
    }
  }

  private boolean exists(Artefact artefact, String ending) {
    boolean isThere = Files.isRegularFile(artefact.file(ending));
    require(isThere, "%s: no %s%s", artefact.id, artefact.stem, ending);
    return isThere;
  }

  private void checkFiles(Artefact artefact) throws Exception {
    for (Path file : artefact.files()) {
      String name = file.getFileName().toString();
      if (name.matches(".*\\.(md5|sha1|sha256|sha512|asc)")) {
        continue;
      }
      checkSum(artefact, file, "md5", "MD5");
      checkSum(artefact, file, "sha1", "SHA-1");
      require(
          !isSigned || Files.exists(file.resolveSibling(name + ".asc")),
          "%s: no signature of %s",
          artefact.id,
          name);
    }
  }

  private void checkSum(Artefact artefact, Path file, String ending, String algorithm)
      throws IOException, GeneralSecurityException {
    Path sum = file.resolveSibling(file.getFileName() + "." + ending);
    if (!Files.exists(sum)) {
      require(false, "%s: no %s", artefact.id, sum.getFileName());
      return;
    }
    byte[] hash = MessageDigest.getInstance(algorithm).digest(Files.readAllBytes(file));
    require(
        Files.readString(sum).strip().equals(HexFormat.of().formatHex(hash)),
        "%s: %s does not fit",
        artefact.id,
        sum.getFileName());
  }

  private void require(boolean isTrue, String complaint, Object... details) {
    if (!isTrue) {
      complaints.add(complaint.formatted(details));
    }
  }

  /** Returns how much was taken away; fails if something was not missed. */
  private static int takeAway(Path folder, boolean isSigned, List<Artefact> artefacts)
      throws Exception {
    Path kept = Files.createTempFile("kept", null);
    int taken = 0;
    for (Artefact artefact : artefacts) {
      for (Path file : artefact.files()) {
        if (isDemanded(artefact, file)) {
          Files.move(file, kept, StandardCopyOption.REPLACE_EXISTING);
          mustComplain(folder, isSigned, artefact.id, file.getFileName().toString());
          Files.move(kept, file);
          taken++;
        }
      }
      Path pom = artefact.file(".pom");
      String before = Files.readString(pom);
      for (String name : new TreeSet<>(DEMANDED.keySet())) {
        Document without = document(pom);
        Element element = child(without.getDocumentElement(), name);
        if (element != null) {
          without.getDocumentElement().removeChild(element);
          TransformerFactory.newInstance()
              .newTransformer()
              .transform(new DOMSource(without), new StreamResult(pom.toFile()));
          mustComplain(folder, isSigned, artefact.id, "<" + name + ">");
          Files.writeString(pom, before);
          taken++;
        }
      }
    }
    Files.deleteIfExists(kept);
    return taken;
  }

  private static boolean isDemanded(Artefact artefact, Path file) {
    String ending = file.getFileName().toString().substring(artefact.stem.length());
    return ending.equals(".pom")
        || ending.matches(".*\\.(md5|sha1|asc)") && !ending.matches(".*\\.asc\\..*")
        || artefact.isJar()
            && ending.matches("(-sources|-javadoc)?\\.jar|-cyclonedx\\.(json|xml)");
  }

  private static void mustComplain(Path folder, boolean isSigned, String artefact, String of)
      throws Exception {
    List<String> complaints = new CheckRelease(folder, isSigned).complaints;
    String named = of.replaceFirst("\\.asc$", "");
    boolean isMissed =
        complaints.stream()
            .anyMatch(
                each ->
                    each.startsWith(artefact + ":")
                        && (each.contains(named) || each.contains("not deployed")));
    if (!isMissed) {
      throw new AssertionError(
          "%s: %s was taken away, and nobody missed it: %s".formatted(artefact, of, complaints));
    }
  }

  private static Document document(Path file) throws Exception {
    return DocumentBuilderFactory.newInstance().newDocumentBuilder().parse(file.toFile());
  }

  private static List<Element> all(Element root, String name) {
    List<Element> found = new ArrayList<>();
    for (int i = 0; i < root.getElementsByTagName(name).getLength(); i++) {
      found.add((Element) root.getElementsByTagName(name).item(i));
    }
    return found;
  }

  private static Element child(Element parent, String name) {
    for (Node node = parent.getFirstChild(); node != null; node = node.getNextSibling()) {
      if (node instanceof Element element && element.getTagName().equals(name)) {
        return element;
      }
    }
    return null;
  }

  /** Returns the text at a path of elements, empty if there is none. */
  private static String text(Element root, String path) {
    Element found = root;
    for (String name : path.split("/")) {
      found = found == null ? null : child(found, name);
    }
    return found == null ? "" : found.getTextContent().strip();
  }
}
