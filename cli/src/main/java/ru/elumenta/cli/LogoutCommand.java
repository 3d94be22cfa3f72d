package ru.elumenta.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import ru.elumenta.client.ElumentaSession;

/** Ends the session. */
@Command(
    name = "logout",
    description = "End the session at the service, and remove it here.",
    footer = {"", "Example:", "  elumenta logout"})
final class LogoutCommand implements Callable<Integer> {
  @Mixin private EveryCommand every = new EveryCommand();
  @Mixin private Account account;

  private final Surroundings around;

  LogoutCommand(Surroundings around) {
    this.around = around;
    account = new Account(around);
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
