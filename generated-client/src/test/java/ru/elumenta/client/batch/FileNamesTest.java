package ru.elumenta.client.batch;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.jimfs.Configuration;
import com.google.common.jimfs.Jimfs;
import java.io.IOException;
import java.nio.file.FileSystem;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Names made of what rows and addresses have in them, in a file system that forbids a lot. */
class FileNamesTest {
  private final FileSystem windows = Jimfs.newFileSystem(Configuration.windows());
  private Path folder;

  @BeforeEach
  void makeFolder() throws IOException {
    folder = Files.createDirectories(windows.getPath("C:\\work\\files"));
  }

  @AfterEach
  void close() throws IOException {
    windows.close();
  }

  private String name(int line, String id, String url, String type) throws IOException {
    Item item = new Item(line, id, "-", null, "", Optional.empty());
    String name = FileNames.of(item, url, Optional.ofNullable(type), folder);
    Files.createFile(folder.resolve(name));
    return name;
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "CON",
        "nul",
        "COM1",
        "LPT1.txt",
        "a:b",
        "what?",
        "*",
        "<a>|\"b\"",
        "dots...",
        "spaces  ",
        ".",
        "..",
        "../../etc/passwd",
        "C:\\Windows",
        "line\nfeed",
        "\u0000",
        "tab\t",
        "Маяк",
        "灯台",
        "",
        "/",
        "-",
        "\u202egpj.exe"
      })
  void everyIdMakesANameThatWindowsTakes(String id) throws IOException {
    String name = name(17, id, "https://files.test/x.webp", null);

    assertThat(name).matches("000017-[A-Za-z0-9_-]*\\.webp");
    assertThat(folder.resolve(name).getParent()).isEqualTo(folder);
  }

  @ParameterizedTest
  @CsvSource({
    "https://files.test/a.PNG, , .png",
    "https://files.test/a.mp4?name=b.exe, , .mp4",
    "https://files.test/a.webp#c.d, , .webp",
    "https://files.test/a.b:c, image/jpeg, .jpg",
    "https://files.test/a.'', image/png; q=1, .png",
    "https://files.test/a.toolong, AUDIO/MPEG, .mp3",
    "https://files.test/a, application/x-msdownload, ''",
    "https://files.test/a.con, , .con"
  })
  void theEndingIsThatOfTheAddressOrOfTheType(String url, String type, String ending)
      throws IOException {
    assertThat(name(1, "line-1", url, type)).isEqualTo("000001" + ending);
  }

  @Test
  void namesAreShortAndNobodyElsesAndDifferInMoreThanCase() throws IOException {
    String url = "https://files.test/a.webp";

    assertThat(name(1, "x".repeat(5000), url, null)).hasSizeLessThan(80);
    assertThat(name(2, "same", url, null)).isEqualTo("000002-same.webp");
    assertThat(name(2, "SAME", url, null)).isEqualTo("000002-SAME-2.webp");
    assertThat(name(3, "same", url, null)).isEqualTo("000003-same.webp");
    assertThat(name(1234567, "line-1234567", url, null)).isEqualTo("1234567.webp");
  }
}
