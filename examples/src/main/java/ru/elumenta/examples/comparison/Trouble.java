package ru.elumenta.examples.comparison;

import java.util.List;

/**
 * What happens to a paid request, and to those that follow it. The last answer is for all further
 * ones.
 */
enum Trouble {
  NONE("nothing goes wrong", Answer.RESULT),
  LOST("answer lost after the work was done", Answer.DONE_THEN_DROPPED, Answer.RESULT),
  TOO_LATE("answer later than the time-out", Answer.DONE_THEN_TOO_LATE, Answer.RESULT),
  STALLED("body stalls after the headers", Answer.DONE_THEN_STALLED_BODY, Answer.RESULT),
  HALF("half a body", Answer.DONE_THEN_HALF_A_BODY, Answer.RESULT),
  GATEWAY("502 page of a gateway, work done", Answer.DONE_THEN_502, Answer.RESULT),
  OVERLOADED("503 twice", Answer.OVERLOADED, Answer.OVERLOADED, Answer.RESULT),
  LIMITED("429 that says: wait 2 s", Answer.LIMITED, Answer.RESULT),
  PROVIDER("500 of the provider once", Answer.PROVIDER_FAILED, Answer.RESULT),
  BROKE("402, too few tokens", Answer.TOO_FEW_TOKENS);

  private final String title;
  private final List<Answer> answers;

  Trouble(String title, Answer... answers) {
    this.title = title;
    this.answers = List.of(answers);
  }

  String title() {
    return title;
  }

  Answer answerTo(int request) {
    return answers.get(Math.min(request, answers.size()) - 1);
  }
}
