package ru.elumenta.cli;

import picocli.CommandLine.Command;
import ru.elumenta.client.ElumentaSession;

/** Ends the session. */
@Command(
    name = "logout",
    description = "End the session at the service, and remove it here.",
    footer = {"", "Example:", "  elumenta logout"})
final class LogoutCommand extends AccountCommand {
  LogoutCommand(Surroundings around) {
    super(around);
  }

  @Override
  public Integer call() {
    try (ElumentaSession session = account.session()) {
      boolean wasLoggedIn = session.loggedIn();
      session.logout();
      around.err().println(wasLoggedIn ? "Logged out." : "There was no session.");
    }
    return ExitCode.DONE;
  }
}
