package ru.elumenta.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine.Mixin;

/** A command that uses somebody's account, with the options that all of these have. */
abstract class AccountCommand implements Callable<Integer> {
  @Mixin private EveryCommand every = new EveryCommand();
  @Mixin final Account account;

  final Surroundings around;

  AccountCommand(Surroundings around) {
    this.around = around;
    account = new Account(around);
  }
}
