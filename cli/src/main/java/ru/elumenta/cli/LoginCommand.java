package ru.elumenta.cli;

import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import ru.elumenta.client.ElumentaSession;

/** Opens a session, kept in a file for its owner alone. */
@Command(
    name = "login",
    description = {
      "Log in with a password, which is asked for without echo, or read from standard input.",
      "The session is kept in a file that only you can read, until elumenta logout."
    },
    footer = {"", "Example:", "  elumenta login --email anna@example.com"})
final class LoginCommand extends AccountCommand {
  @ArgGroup(multiplicity = "1")
  private Who who = new Who();

  LoginCommand(Surroundings around) {
    super(around);
  }

  /** One of the two. */
  static final class Who {
    @Option(names = "--email", paramLabel = "ADDRESS", description = "Of the account.")
    private @Nullable String email;

    @Option(names = "--phone", paramLabel = "NUMBER", description = "Of the account.")
    private @Nullable String phone;
  }

  @Override
  public Integer call() {
    String password = Secret.ask(around, "Password: ");
    try (ElumentaSession session = account.session()) {
      if (who.email != null) {
        session.login(who.email, password);
      } else {
        session.loginWithPhone(String.valueOf(who.phone), password);
      }
    }
    around.err().println("Logged in. The session is kept in " + around.home() + ".");
    return ExitCode.DONE;
  }
}
