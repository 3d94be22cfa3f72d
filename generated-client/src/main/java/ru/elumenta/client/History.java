package ru.elumenta.client;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Set;
import java.util.Spliterator;
import java.util.Spliterators;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import ru.elumenta.client.api.HistoryApi;
import ru.elumenta.client.internal.codec.ReadList;
import ru.elumenta.client.model.HistoryItem;
import ru.elumenta.client.model.HistoryPage;
import ru.elumenta.client.options.HistoryFilter;

/**
 * The generations of the account, over all pages, in the order of the service (newest first). Pages
 * are read as they are needed, each as a call of its own; each iteration begins anew.
 *
 * <p>Rows that are added meanwhile push the others down; what was seen is not given again. Rows
 * that are deleted meanwhile pull the others up, and as many may be missed: the service knows pages
 * only by their number.
 *
 * <p>A row that cannot be read is left out; no row is null.
 *
 * <p>Immutable and thread-safe; an iterator is not. It throws what {@link HistoryApi#listHistory}
 * throws, and asks for the same page again when it is asked again.
 */
public final class History implements Iterable<HistoryItem> {
  private final HistoryApi api;
  private final HistoryFilter filter;

  History(HistoryApi api, HistoryFilter filter) {
    this.api = api;
    this.filter = filter;
  }

  @Override
  public Iterator<HistoryItem> iterator() {
    return new Rows();
  }

  /** Returns the rows as a stream, read as they are needed. */
  public Stream<HistoryItem> stream() {
    int ordered = Spliterator.ORDERED | Spliterator.NONNULL;
    return StreamSupport.stream(Spliterators.spliteratorUnknownSize(iterator(), ordered), false);
  }

  private final class Rows implements Iterator<HistoryItem> {
    private final Deque<HistoryItem> ahead = new ArrayDeque<>();
    private final Set<String> seen = new HashSet<>();
    private long nextPage = 1;
    private long read;
    private boolean isLast;

    @Override
    public boolean hasNext() {
      while (ahead.isEmpty() && !isLast) {
        readPage();
      }
      return !ahead.isEmpty();
    }

    @Override
    public HistoryItem next() {
      if (!hasNext()) {
        throw new NoSuchElementException();
      }
      return ahead.remove();
    }

    private void readPage() {
      HistoryPage page =
          api.listHistory(
              new HistoryApi.ListHistoryQuery()
                  .page(nextPage)
                  .limit((long) filter.pageSize())
                  .category(filter.category())
                  .modelSlug(filter.modelSlug())
                  .status(filter.status())
                  .favoritesOnly(filter.favoritesOnly())
                  .type(filter.type())
                  .model(filter.model()));
      List<HistoryItem> items = page.getItems() == null ? List.of() : page.getItems();
      items.stream()
          .filter(row -> row.identity().map(id -> seen.add(id.toString())).orElse(true))
          .forEach(ahead::add);
      int rows = items.size() + ReadList.leftOut(items); // unreadable ones count in the total too
      read += rows;
      isLast = rows == 0 || isNumberedLast(page) || isCountedLast(page);
      nextPage++;
    }

    private boolean isNumberedLast(HistoryPage page) {
      return page.getPages() != null && nextPage >= page.getPages();
    }

    /** By the count of this moment: rows that came meanwhile are in it, and were read twice. */
    private boolean isCountedLast(HistoryPage page) {
      return page.getPages() == null && page.getTotal() != null && read >= page.getTotal();
    }
  }
}
