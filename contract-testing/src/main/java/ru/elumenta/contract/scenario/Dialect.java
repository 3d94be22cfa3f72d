package ru.elumenta.contract.scenario;

/** The documentation shows most answers in two forms; the simulator speaks either. */
public enum Dialect {
  /**
   * Integer ids, {@code model_slug}, {@code result_text}, {@code result_url}, {@code tokens_spent};
   * refresh tokens in the body (pages: quickstart, generate/*, user/history, auth/*).
   */
  FIRST,
  /**
   * String ids, {@code model}, {@code content}, {@code url}, {@code tokens_used}, {@code
   * balance_remaining}; refresh tokens in a cookie (pages: generations/*, guides/*,
   * authentication).
   */
  SECOND
}
