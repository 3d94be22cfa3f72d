package ru.elumenta.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The launcher for shells, with a Java that says what it was given. */
class LauncherTest {
  @TempDir Path folder;

  private Path java;

  @BeforeEach
  void install() throws IOException {
    assumeTrue(Files.isExecutable(Path.of("/bin/sh")));
    Path bin = Files.createDirectories(folder.resolve("jdk 17").resolve("bin"));
    java = bin.resolve("java");
    Files.writeString(
        java,
        """
        #!/bin/sh
        case "$*" in *ArchiveClassesAtExit*) exit 1 ;; esac
        printf '[%s]\n' "$LC_ALL" "$@"
        exit 42
        """);
    Path program = Files.createDirectories(folder.resolve("my programs"));
    Files.copy(Path.of("src/main/dist/elumenta"), program.resolve("elumenta"));
    Files.createFile(program.resolve("elumenta.jar"));
    for (Path each : List.of(java, program.resolve("elumenta"))) {
      Files.setPosixFilePermissions(each, PosixFilePermissions.fromString("rwxr-xr-x"));
    }
  }

  private List<String> run(Map<String, String> environment, String... words) throws Exception {
    List<String> line = new ArrayList<>(List.of(folder + "/my programs/elumenta"));
    line.addAll(List.of(words));
    ProcessBuilder builder = new ProcessBuilder(line).redirectErrorStream(true);
    for (String name : List.of("LC_ALL", "LC_CTYPE", "LANG")) {
      builder.environment().remove(name);
    }
    builder.environment().put("JAVA_HOME", folder.resolve("jdk 17").toString());
    builder.environment().put("XDG_CACHE_HOME", folder.resolve("cache").toString());
    builder.environment().putAll(environment);
    Process process = builder.start();
    List<String> printed = new String(process.getInputStream().readAllBytes()).lines().toList();
    assertThat(process.waitFor()).as("%s", printed).isEqualTo(42);
    return printed;
  }

  @Test
  void wordsArriveAsTheyAreAndTheCodeIsTheProgrammes() throws Exception {
    assertThat(run(Map.of(), "generate", "a  b", "$HOME", "*", "", "\"'"))
        .containsSubsequence(
            "[-jar]",
            "[" + folder + "/my programs/elumenta.jar]",
            "[generate]",
            "[a  b]",
            "[$HOME]",
            "[*]",
            "[]",
            "[\"']");
  }

  @Test
  void whereNoLocaleIsSetLettersCanBeReadAllTheSame() throws Exception {
    assertThat(run(Map.of())).startsWith("[C.UTF-8]");
    assertThat(run(Map.of("LC_ALL", "POSIX"))).startsWith("[C.UTF-8]");
    assertThat(run(Map.of("LANG", "ru_RU.KOI8-R"))).startsWith("[]");
    assertThat(run(Map.of("LANG", "C", "LC_ALL", "de_DE.UTF-8"))).startsWith("[de_DE.UTF-8]");
  }
}
