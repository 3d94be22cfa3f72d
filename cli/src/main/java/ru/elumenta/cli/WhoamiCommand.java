package ru.elumenta.cli;

import picocli.CommandLine.Command;
import ru.elumenta.client.ElumentaClient;
import ru.elumenta.client.api.UserApi;
import ru.elumenta.client.model.User;

/** Says whose account it is. */
@Command(
    name = "whoami",
    description = "Print whose key or session is used.",
    footer = {"", "Example:", "  elumenta whoami"})
final class WhoamiCommand extends RowsCommand {
  WhoamiCommand(Surroundings around) {
    super(around);
  }

  @Override
  public Integer call() {
    try (ElumentaClient elumenta = account.client()) {
      User user = elumenta.api(UserApi.class).getMe();
      if (rows.isJson) {
        JsonLines.object()
            .with("id", user.getId())
            .with("name", user.getName())
            .with("email", user.getEmail())
            .with("plan", user.getPlan())
            .to(around.out());
      } else {
        String name = user.getName() == null ? String.valueOf(user.getId()) : user.getName();
        String email = user.getEmail() == null ? "" : " <" + user.getEmail() + ">";
        around.out().println(Text.oneLine(name + email) + ", plan " + user.getPlan());
      }
    }
    return ExitCode.DONE;
  }
}
