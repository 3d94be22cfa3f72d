package ru.elumenta.client.batch;

import java.io.IOException;
import java.io.OutputStream;
import java.util.HashMap;
import java.util.Map;
import java.util.OptionalLong;
import ru.elumenta.error.BadRequestException;
import ru.elumenta.error.NotFoundException;
import ru.elumenta.error.ValidationException;

/** Adds up what is left of a batch, and changes nothing. */
final class BatchPricing {
  private final BatchOptions options;
  private final PriceList prices;
  private final Map<String, Long> byModel = new HashMap<>();
  private long items;
  private long tokens;
  private long tooExpensive;
  private long unpriced;
  private long invalid;
  private long settled;

  private BatchPricing(BatchOptions options) {
    this.options = options;
    this.prices = new PriceList(options.elumenta);
  }

  static BatchPrice price(BatchOptions options) {
    return new BatchPricing(options).price();
  }

  private BatchPrice price() {
    BatchState state = BatchState.read(OutputFolder.state(options.output));
    Preparation.check(options, state);
    FailedItems again = failedThatAreTakenAgain();
    try (Row.Source rows = InputFile.open(options.input, options.format)) {
      RequestMaker maker = new RequestMaker(options.format, rows.columns(), options.template);
      for (Row row = rows.next(); row != null; row = rows.next()) {
        boolean isSettled = state.isSettled(row.line()) && !again.lines().get(row.line());
        if (isSettled || state.live(row.line()).isPresent()) {
          settled++;
        } else {
          add(maker.make(row, ""));
        }
      }
    }
    return new BatchPrice(items, tokens, byModel, tooExpensive, unpriced, invalid, settled);
  }

  private FailedItems failedThatAreTakenAgain() {
    if (options.retryFailed == RetryFailed.NONE) {
      return new FailedItems(new java.util.BitSet(), java.util.List.of());
    }
    try {
      FailedItems again =
          FailedItems.select(
              OutputFolder.failures(options.output),
              options.retryFailed,
              OutputStream.nullOutputStream());
      again.created().forEach(each -> again.lines().clear(each.line())); // fetching is free
      return again;
    } catch (IOException e) {
      throw OutputFolder.damaged(OutputFolder.failures(options.output), "cannot be read");
    }
  }

  private void add(Item item) {
    if (item.request() == null) {
      invalid++;
      return;
    }
    OptionalLong price;
    try {
      price = prices.of(item.request(), item.priceKey());
    } catch (InterruptedException e) {
      throw new AssertionError("Nobody else asks.", e);
    } catch (NotFoundException | ValidationException | BadRequestException e) {
      price = OptionalLong.empty();
    }
    if (price.isEmpty()) {
      unpriced++;
    } else if (options.maxCost != null && price.getAsLong() > options.maxCost) {
      tooExpensive++;
    } else {
      items++;
      tokens += price.getAsLong();
      byModel.merge(item.request().getModel(), price.getAsLong(), Long::sum);
    }
  }
}
