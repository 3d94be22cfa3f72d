package ru.elumenta.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import ru.elumenta.cli.Shell.Ended;
import ru.elumenta.contract.ElumentaSimulator;
import ru.elumenta.contract.ElumentaTest;

@ElumentaTest
class AccountCommandsTest {
  private ElumentaSimulator simulator;
  private Shell shell;

  @TempDir Path folder;

  @BeforeEach
  void openShell(ElumentaSimulator service) {
    simulator = service;
    shell = Shell.at(simulator, folder.resolve("home"));
  }

  @Test
  void whatTheAccountHasIsPrinted() {
    shell.run("generate", "gpt-5", "A haiku");

    assertThat(shell.run("balance").out()).isEqualTo("1498 tokens, plan vip\n");
    assertThat(shell.run("price", "dall-e-3", "size=1024x1024").out())
        .isEqualTo("5 tokens (between 5 and 13)\n");
    assertThat(shell.run("stats").out()).isEqualTo("1 generations, 2 tokens\n");
    assertThat(shell.run("whoami").out()).contains("user@example.com").contains("plan vip");
    assertThat(shell.run("limits").out().lines().map(String::stripTrailing))
        .anyMatch(line -> line.startsWith("hour") && line.contains("100"));
    assertThat(shell.run("models", "--category", "image").out())
        .contains("dall-e-3")
        .doesNotContain("gpt-5 ");
    assertThat(shell.run("history").out())
        .startsWith("   ID  MODEL  STATUS     TOKENS  CREATED")
        .contains("18473  gpt-5  completed       2");
  }

  @ParameterizedTest
  @ValueSource(strings = {"balance", "history", "models", "limits", "stats", "whoami"})
  void machinesGetOneObjectALine(String command) {
    shell.run("generate", "gpt-5", "A haiku");

    Ended ended = shell.run(command, "--json");

    assertThat(ended.err()).isEmpty();
    assertThat(ended.out().lines()).isNotEmpty().allMatch(line -> line.matches("\\{\".*\\}"));
  }

  @ParameterizedTest
  @ValueSource(ints = {40, 80, 200})
  void aTableFitsTheTerminal(int width) {
    shell.run("generate", "gpt-5", "A long prompt with many words ".repeat(5) + "日本語");
    shell.on(new Terminal(true, true, true, width, null));

    assertThat(shell.run("history").out().lines())
        .allMatch(line -> Text.columns(line) <= width)
        .hasSize(2);
    assertThat(shell.run("models").out().lines()).allMatch(line -> Text.columns(line) <= width);
  }

  @Test
  void whatOthersWroteDoesNotDriveTheTerminal() {
    shell.run("generate", "gpt-5", "red \u001b[31m and \u0007 bell");
    shell.on(new Terminal(true, true, true, 80, null));

    assertThat(shell.run("history").out()).doesNotContain("\u001b").doesNotContain("\u0007");
    assertThat(shell.run("generate", "gpt-5", "red \u001b[31m").out()).doesNotContain("\u001b");
  }

  @Test
  void aSessionIsOpenedKeptForItsOwnerAndEnded() throws IOException {
    shell.without("ELUMENTA_API_KEY");

    Ended wrong = shell.typing("wrong\n").run("login", "--email", ElumentaSimulator.EMAIL);
    Ended login =
        shell
            .typing(ElumentaSimulator.PASSWORD + "\n")
            .run("login", "--email", ElumentaSimulator.EMAIL);
    Path session = folder.resolve("home/session.json");
    String permissions = PosixFilePermissions.toString(Files.getPosixFilePermissions(session));
    Ended whoami = shell.run("whoami");
    Ended logout = shell.run("logout");
    Ended after = shell.run("whoami");

    assertThat(wrong.code()).isEqualTo(3);
    assertThat(login.code()).as(login.err()).isZero();
    assertThat(login.err()).doesNotContain(ElumentaSimulator.PASSWORD);
    assertThat(permissions).isEqualTo("rw-------");
    assertThat(whoami.out()).contains("user@example.com");
    assertThat(logout.err()).isEqualTo("Logged out.\n");
    assertThat(after.code()).isEqualTo(2);
  }

  @Test
  void keysAreListedCreatedRenamedAndRevoked() {
    Ended created = shell.run("keys", "create", "build server");
    Ended listed = shell.run("keys", "list");

    assertThat(created.out().strip()).startsWith("nb_");
    assertThat(listed.out()).contains("build server").doesNotContain(created.out().strip());
    assertThat(shell.run("keys", "rename", "2", "old one").code()).isZero();
    assertThat(shell.run("keys", "list").out()).contains("old one");
    assertThat(shell.run("keys", "revoke", "2").code()).isZero();
    assertThat(shell.run("keys", "list").out()).doesNotContain("old one");
  }

  @Test
  void aRecordingIsWrittenDown() throws IOException {
    Path recording = folder.resolve("talk.mp3");
    Files.write(recording, new byte[] {'I', 'D', '3', 4, 0, 0, 0, 0, 0, 0});

    Ended ended = shell.run("transcribe", recording.toString(), "--language", "ru");

    assertThat(ended.code()).as(ended.err()).isZero();
    assertThat(ended.out()).isNotBlank();
    assertThat(simulator.charges()).isOne();
    assertThat(shell.run("transcribe", "missing.mp3").code()).isEqualTo(3);
  }

  @Test
  void howMuchOfARecordingIsSentIsShownAtATerminal() throws IOException {
    Path recording = folder.resolve("talk.mp3");
    Files.write(recording, new byte[300_000]);

    Ended ended =
        shell
            .on(new Terminal(false, false, true, 80, null))
            .run("transcribe", recording.toString());

    assertThat(ended.code()).as(ended.err()).isZero();
    assertThat(ended.err())
        .contains("\rsending talk.mp3 [####################] 100% 300")
        .contains("\rtalk.mp3 is sent waiting for its text");
    assertThat(ended.out()).doesNotContain("sending");
    assertThat(simulator.charges()).isOne();
  }
}
