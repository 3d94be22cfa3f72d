package ru.elumenta.contract.simulator;

/** What is done for each operation. */
final class OperationTable {
  private final Generating generating;
  private final Belongings belongings;
  private final History history;
  private final Authentication authentication;

  OperationTable(State state) {
    this.generating = new Generating(state);
    this.belongings = new Belongings(state);
    this.history = new History(state);
    this.authentication = new Authentication(state);
  }

  /** What a fault has others do who share the account. */
  void othersDoTheSame(Call call) {
    generating.othersDoTheSame(call);
  }

  /** Does it, or refuses. */
  Answer perform(Call call) {
    return switch (call.operation()) {
      case "createGeneration" -> generating.create(call);
      case "streamGeneration" -> generating.stream(call);
      case "getGeneration", "getGenerationStatus" -> generating.show(call);
      case "transcribe" -> generating.transcribe(call);
      case "listModels" -> belongings.listModels();
      case "getModel" -> belongings.model(call);
      case "calculatePrice" -> belongings.price(call);
      case "getBalance" -> belongings.balance(call);
      case "getUserBalance" -> belongings.userBalance(call);
      case "getMe" -> belongings.me(call);
      case "updateMe" -> belongings.updateMe(call);
      case "getStats" -> belongings.stats(call);
      case "getSettings" -> belongings.settings(call);
      case "updateSettings" -> belongings.updateSettings(call);
      case "listHistory" -> history.page(call);
      case "deleteGeneration" -> belongings.delete(call);
      case "toggleFavorite" -> belongings.toggleFavorite(call);
      case "rateGeneration" -> belongings.rate(call);
      case "listKeys" -> belongings.listKeys(call);
      case "createKey" -> belongings.createKey(call);
      case "revokeKey" -> belongings.revokeKey(call);
      case "renameKey" -> belongings.renameKey(call);
      case "createStripeSession" -> belongings.checkout(call);
      case "redeemPromoCode" -> belongings.redeem(call);
      case "createAssistant" -> belongings.createAssistant(call);
      case "listMarketplaceAssistants" -> belongings.marketplace();
      case "register" -> authentication.register(call);
      case "login" -> authentication.login(call);
      case "loginWithPhone" -> authentication.loginWithPhone(call);
      case "loginWithTelegram" -> authentication.loginWithTelegram(call);
      case "loginWithGoogle" -> authentication.loginWithGoogle(call);
      case "refreshToken" -> authentication.refresh(call);
      case "logout" -> authentication.logout(call);
      case "verifyEmail" -> authentication.verifyEmail(call);
      case "forgotPassword" -> authentication.forgotPassword(call);
      case "resetPassword" -> authentication.resetPassword(call);
      default -> throw new IllegalStateException(call.operation());
    };
  }
}
