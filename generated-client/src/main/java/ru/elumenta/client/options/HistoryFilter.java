package ru.elumenta.client.options;

import org.jspecify.annotations.Nullable;
import ru.elumenta.client.check.Require;
import ru.elumenta.client.model.GenerationStatus;

/**
 * Which generations of the history are wanted; start from {@link #all()}. Immutable. What is null
 * is not sent.
 *
 * <p>The documentation has two dialects: {@code category}, {@code modelSlug} and {@code
 * favoritesOnly} (page: api-reference/user/history), {@code type} and {@code model} (page:
 * api-reference/generations/history).
 *
 * @param category only this kind of model: text, image, video, tts, stt or tool
 * @param modelSlug only this model
 * @param status only generations in this state
 * @param favoritesOnly whether favourites only
 * @param type only this kind of generation; second dialect
 * @param model only this model; second dialect
 * @param pageSize rows per request, 1 to 100; default 100
 */
public record HistoryFilter(
    @Nullable String category,
    @Nullable String modelSlug,
    @Nullable GenerationStatus status,
    @Nullable Boolean favoritesOnly,
    @Nullable String type,
    @Nullable String model,
    int pageSize) {
  private static final HistoryFilter ALL =
      new HistoryFilter(null, null, null, null, null, null, 100);

  /**
   * Creates a filter.
   *
   * @throws IllegalArgumentException if the page size is out of range
   */
  public HistoryFilter {
    Require.that(
        pageSize >= 1 && pageSize <= 100, "pageSize must be from 1 to 100, but is %s.", pageSize);
  }

  /** Returns the filter that lets everything through. */
  public static HistoryFilter all() {
    return ALL;
  }

  /** Returns a copy for one kind of model. */
  public HistoryFilter withCategory(@Nullable String category) {
    return new HistoryFilter(category, modelSlug, status, favoritesOnly, type, model, pageSize);
  }

  /** Returns a copy for one model. */
  public HistoryFilter withModelSlug(@Nullable String slug) {
    return new HistoryFilter(category, slug, status, favoritesOnly, type, model, pageSize);
  }

  /** Returns a copy for one state. */
  public HistoryFilter withStatus(@Nullable GenerationStatus status) {
    return new HistoryFilter(category, modelSlug, status, favoritesOnly, type, model, pageSize);
  }

  /** Returns a copy for favourites. */
  public HistoryFilter withFavoritesOnly() {
    return new HistoryFilter(category, modelSlug, status, true, type, model, pageSize);
  }

  /** Returns a copy for one kind of generation, in the second dialect. */
  public HistoryFilter withType(@Nullable String type) {
    return new HistoryFilter(category, modelSlug, status, favoritesOnly, type, model, pageSize);
  }

  /** Returns a copy for one model, in the second dialect. */
  public HistoryFilter withModel(@Nullable String model) {
    return new HistoryFilter(category, modelSlug, status, favoritesOnly, type, model, pageSize);
  }

  /** Returns a copy with another number of rows per request. */
  public HistoryFilter withPageSize(int rows) {
    return new HistoryFilter(category, modelSlug, status, favoritesOnly, type, model, rows);
  }
}
