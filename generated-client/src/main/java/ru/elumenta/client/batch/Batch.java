package ru.elumenta.client.batch;

import java.nio.file.Path;
import java.util.function.Consumer;
import ru.elumenta.client.ElumentaCalls;
import ru.elumenta.client.check.Require;
import ru.elumenta.client.model.GenerationRequest;
import ru.elumenta.client.options.TimeSource;

/**
 * A file of requests, made into a folder of results: many at once, within the limits of the account
 * and of a budget, and through crashes.
 *
 * <pre>{@code
 * try (FileCallJournal journal = FileCallJournal.at(Path.of("calls.journal"));
 *     ElumentaClient elumenta = ElumentaClient.builder().apiKey(key).journal(journal).build()) {
 *   BatchReport report = Batch.with(elumenta)
 *       .input(Path.of("prompts.csv")).output(Path.of("pictures"))
 *       .parallel(8).budget(500)
 *       .run();
 * }
 * }</pre>
 *
 * <p>The folder gets {@code results.jsonl}, a line for each result in the order in which they come,
 * {@code failures.jsonl}, {@code open.jsonl} with the items of which nobody knows what became, and
 * {@code files/}. Nothing in it is ever overwritten by another item. {@code .batch/} in it is what
 * the batch knows of itself.
 *
 * <p>Ended at any moment, by a kill or a power failure too, the same batch goes on where it was:
 * finished items are not repeated, generations that run are waited for, and a request that may have
 * been charged is looked up and never sent again by itself. For that the client needs a journal
 * that survives its process, the same each time: {@link
 * ru.elumenta.client.journal.FileCallJournal}. With the default one in memory nothing is paid twice
 * either, but requests lost in a crash can only be listed as open.
 *
 * <p>The input may grow between two runs, but what was read of it before must stay as it was. It is
 * read as it is needed; memory does not grow with it but by some bits an item.
 *
 * <p>Immutable and thread-safe; each method returns another batch. One run at a time for each
 * output folder.
 */
public final class Batch {
  private final BatchOptions options;

  private Batch(BatchOptions options) {
    this.options = options;
  }

  private Batch with(Consumer<BatchOptions> change) {
    return new Batch(options.with(change));
  }

  /**
   * Begins to describe a batch.
   *
   * @param elumenta a client, which stays open. Its time limits and retries are those of each item.
   *     With {@link ru.elumenta.client.options.Recovery#RESEND} or {@link
   *     ru.elumenta.client.options.Recovery#LOOK_UP_THEN_RESEND} it may pay twice, which the budget
   *     does not see
   */
  public static Batch with(ElumentaCalls elumenta) {
    return new Batch(new BatchOptions(Require.notNull("elumenta", elumenta)));
  }

  /** Sets the file of requests. Required. */
  public Batch input(Path file) {
    return with(it -> it.input = Require.notNull("input", file));
  }

  /** Sets the folder of results, which is created if there is none. Required. */
  public Batch output(Path folder) {
    return with(it -> it.output = Require.notNull("output", folder));
  }

  /** Sets what the input looks like. Default: as the end of its name says. */
  public Batch format(BatchFormat format) {
    return with(it -> it.format = Require.notNull("format", format));
  }

  /**
   * Makes every request from this one, in whose texts {@code {name}} is replaced by what the row
   * has in that column, or as that member; two opening braces stand for one. A text that is a
   * placeholder and nothing else takes over its type as well: {@code "{seconds}"} becomes 5. Of a
   * row nothing else is used but its {@code id}. Default: each row is a request itself.
   */
  public Batch template(GenerationRequest request) {
    return with(it -> it.template = Require.notNull("template", request));
  }

  /**
   * Sets how many items are under way at once at the most, each on a thread of its own from its
   * request to its file. Default 4.
   *
   * @param items 1 to 1,000
   */
  public Batch parallel(int items) {
    Require.that(items >= 1 && items <= 1_000, "parallel must be 1 to 1000, but is %s.", items);
    return with(it -> it.parallel = items);
  }

  /**
   * Sets what one item may cost. Its price is asked for first, once for each model and params; an
   * item that may cost more fails without being sent. Default: any.
   *
   * @param tokens not negative
   */
  public Batch maxCost(long tokens) {
    Require.that(tokens >= 0, "maxCost must not be negative, but is %s.", tokens);
    return with(it -> it.maxCost = tokens);
  }

  /**
   * Sets what the batch may cost in all its runs together. An item's price is reserved before it is
   * sent, and what it did cost is taken for it afterwards; one whose outcome is not known counts at
   * its price. What does not fit is not sent, and the run ends with {@link
   * BatchEnd#BUDGET_REACHED}; so with prices as announced it is never exceeded. An item without a
   * price fails. Default: any.
   *
   * @param tokens not negative
   */
  public Batch budget(long tokens) {
    Require.that(tokens >= 0, "budget must not be negative, but is %s.", tokens);
    return with(it -> it.budget = tokens);
  }

  /** Sets which items that failed in earlier runs are taken again. Default {@code NONE}. */
  public Batch retryFailed(RetryFailed which) {
    return with(it -> it.retryFailed = Require.notNull("retryFailed", which));
  }

  /**
   * Sends items again of whose request nobody knows what became, and that the history, read as far
   * back as it could show them, does not show. Each of them may be paid for twice. What the history
   * cannot tell, and what the client's journal does not know, is not sent again. Default: all of
   * them stay listed as open.
   */
  public Batch resendOpen() {
    return with(it -> it.isResendingOpen = true);
  }

  /** Leaves the files where they are: results name their addresses only. Default: downloads. */
  public Batch withoutFiles() {
    return with(it -> it.isDownloading = false);
  }

  /** Is told how far the batch has come. Default none. */
  public Batch listener(BatchListener listener) {
    return with(it -> it.listener = Require.notNull("listener", listener));
  }

  /** Takes time and sleep from elsewhere, as the client does; for tests. */
  public Batch timeSource(TimeSource time) {
    return with(it -> it.time = Require.notNull("timeSource", time));
  }

  /**
   * Adds up what the items that are left may cost. Sends nothing but questions for prices, one for
   * each model and params, and changes nothing.
   *
   * @throws IllegalArgumentException if input or output is missing, or the format cannot be told
   * @throws BatchException as {@link #run} does
   * @throws ru.elumenta.error.ElumentaException if a price cannot be asked for
   */
  public BatchPrice dryRun() {
    return BatchRun.price(options.checked());
  }

  /**
   * Runs the batch, or goes on with it, and returns when nothing is left to be done or nothing more
   * can be.
   *
   * <p>An item that fails does not end it. An interrupt does, in order: nothing more is sent,
   * requests under way are waited for, generations that run go on at the service, and a further run
   * takes them up. The interrupt flag is kept.
   *
   * @return how it ended; also if the budget, the balance or the account did not suffice
   * @throws IllegalArgumentException if input or output is missing, or the format cannot be told
   * @throws BatchException if it cannot be begun or gone on with
   */
  public BatchReport run() {
    return BatchRun.run(options.checked());
  }
}
