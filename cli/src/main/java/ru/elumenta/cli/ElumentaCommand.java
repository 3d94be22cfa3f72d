package ru.elumenta.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.IVersionProvider;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** The program itself; without a command it prints what there is. */
@Command(
    name = "elumenta",
    versionProvider = ElumentaCommand.Version.class,
    description = "Elumenta's AI models on the command line.",
    synopsisSubcommandLabel = "COMMAND",
    subcommands = {
      GenerateCommand.class,
      AttachCommand.class,
      DownloadCommand.class,
      TranscribeCommand.class,
      HistoryCommand.class,
      BalanceCommand.class,
      PriceCommand.class,
      ModelsCommand.class,
      LimitsCommand.class,
      StatsCommand.class,
      LoginCommand.class,
      LogoutCommand.class,
      WhoamiCommand.class,
      KeysCommand.class,
      OpenCommand.class,
      BatchCommand.class,
      SimulateCommand.class,
      CheckCommand.class,
      ContractCommand.class,
      CompletionCommand.class,
      ManCommand.class,
    },
    footer = {
      "",
      "The key is read from ELUMENTA_API_KEY, from the file named by ELUMENTA_KEY_FILE or"
          + " --key-file, or asked for; elumenta login opens a session instead.",
      "",
      "Exit codes: 0 done, 2 the command is wrong, 3 refused and nothing charged, 4 failed,"
          + " 5 outcome unknown, 6 still running, 130 interrupted.",
      "",
      "Example:",
      "  elumenta generate dall-e-3 \"A lighthouse at dusk\" size=1024x1024 --output lighthouse.png"
    })
final class ElumentaCommand implements Runnable {
  @Mixin private EveryCommand every = new EveryCommand();

  @Option(
      names = {"-V", "--version"},
      versionHelp = true,
      description = "Show the version.")
  private boolean isVersion;

  @Spec private CommandSpec spec;

  @Override
  public void run() {
    spec.commandLine().usage(spec.commandLine().getOut());
  }

  /** The version of the jar. */
  static final class Version implements IVersionProvider {
    @Override
    public String[] getVersion() {
      String version = Main.class.getPackage().getImplementationVersion();
      return new String[] {"elumenta " + (version == null ? "(not packaged)" : version)};
    }
  }
}
