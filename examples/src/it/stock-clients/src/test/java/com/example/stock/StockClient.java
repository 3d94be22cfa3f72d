package com.example.stock;

/** What is asked of a client that a stock generator made, whatever its classes are called. */
interface StockClient {
  /**
   * A generation as the client read it.
   *
   * @param id as text, as it goes into the next path
   */
  record Read(String id, String status, String text, String url) {}

  /** What the client threw for a status that is no success. */
  final class Refused extends RuntimeException {
    private static final long serialVersionUID = 1;

    final int status;
    final String body;

    Refused(int status, String body) {
      super(status + " " + body);
      this.status = status;
      this.body = body;
    }
  }

  /** Creates a generation; a model of null leaves the member out. */
  Read create(String model, String prompt);

  /** Reads a generation by the id that the client holds, not by its text. */
  Read readAgain();

  long balance();

  /** Returns how many generations the first page of the history holds, and reads each. */
  int history();

  double price(String model);
}
