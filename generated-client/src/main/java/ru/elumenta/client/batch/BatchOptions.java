package ru.elumenta.client.batch;

import java.nio.file.Path;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import ru.elumenta.client.ElumentaCalls;
import ru.elumenta.client.check.Require;
import ru.elumenta.client.model.GenerationRequest;
import ru.elumenta.client.options.TimeSource;

/** What a {@link Batch} was told. Not changed once it was handed over. */
final class BatchOptions {
  final ElumentaCalls elumenta;
  @Nullable Path input; // null until it is set, as is the next
  @Nullable Path output;
  @Nullable BatchFormat format; // null for what the name says
  @Nullable GenerationRequest template; // null if rows are requests
  int parallel = 4;
  @Nullable Long maxCost; // null for any, as is the next
  @Nullable Long budget;
  RetryFailed retryFailed = RetryFailed.NONE;
  boolean isResendingOpen;
  boolean isDownloading = true;
  BatchListener listener = progress -> {};
  TimeSource time = TimeSource.system();

  BatchOptions(ElumentaCalls elumenta) {
    this.elumenta = elumenta;
  }

  private BatchOptions(BatchOptions other) {
    this.elumenta = other.elumenta;
    this.input = other.input;
    this.output = other.output;
    this.format = other.format;
    this.template = other.template;
    this.parallel = other.parallel;
    this.maxCost = other.maxCost;
    this.budget = other.budget;
    this.retryFailed = other.retryFailed;
    this.isResendingOpen = other.isResendingOpen;
    this.isDownloading = other.isDownloading;
    this.listener = other.listener;
    this.time = other.time;
  }

  BatchOptions with(Consumer<BatchOptions> change) {
    BatchOptions changed = new BatchOptions(this);
    change.accept(changed);
    return changed;
  }

  /** Returns these, complete, or says what is missing. */
  BatchOptions checked() {
    Require.that(input != null, "A batch needs a file of requests: call input(…).");
    Require.that(output != null, "A batch needs a folder for its results: call output(…).");
    return format != null ? this : with(it -> it.format = BatchFormat.of(it.input));
  }

  /** Whether prices are to be asked for. */
  boolean isPriced() {
    return maxCost != null || budget != null;
  }
}
