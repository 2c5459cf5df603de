package io.belfry.sdk;

import java.util.ArrayDeque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.Spliterator;
import java.util.Spliterators.AbstractSpliterator;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;

/// Objects of one kind that the server can list: all of them, part by part, or one. The methods
/// `stream…`, `find…` and `get…` of the classes in [io.belfry.sdk.api] use it. Immutable.
///
/// @param client asks the server
/// @param list lists such objects
/// @param id the id of an object
/// @param <T> the entity's model
public record Listing<T>(
    ApiClient client, Operation<List<T>> list, Function<? super T, String> id) {
  /// How many objects are asked for at once unless [CallOptions#pageSize] says otherwise.
  static final int PAGE = 500;

  private static final String FIRST = "first";
  private static final String AFTER = "after";
  private static final String SKIP = "skip";
  private static final String WHERE = "where";
  private static final List<String> FROM_THE_END = List.of("last", "before");

  /// All objects that a query selects, as they are needed: a page is asked for when the one before
  /// has been used up, so memory holds no more than one ([CallOptions#pageSize]); or all from one
  /// answer ([CallOptions#inOneAnswer]). Each page goes on after the last object of the one before,
  /// so what is created or deleted meanwhile shifts nothing; of objects whose place in the order
  /// changes meanwhile, some may be missed or seen twice.
  ///
  /// The stream throws what calling throws, and [IllegalStateException] if objects are deleted
  /// faster than they are read. It needs no closing.
  ///
  /// @param query as for listing; `first` limits the whole stream
  /// @throws IllegalArgumentException if the query counts from the end of the list, which streams
  ///   don't
  public Stream<T> stream(Json query) {
    for (var key : FROM_THE_END) {
      if (query.has(key) && !query.get(key).isNull()) {
        throw new IllegalArgumentException(
            "%s: a stream begins at the start of the list; %s can't be used, order the other way"
                .formatted(list.path(), key));
      }
    }
    if (client.options().isInOneAnswer() && list.answer() instanceof Operation.ListAnswer<T> each) {
      var arriving = new ArrivingList<>(client, list, each.shape(), query);
      return StreamSupport.stream(arriving, false).onClose(arriving::close);
    }
    return StreamSupport.stream(new Pages(query), false);
  }

  /// The first object that a query selects.
  ///
  /// @throws ApiException if it doesn't work
  public Optional<T> first(Json query) {
    return client.call(list, with(query, Map.of(FIRST, 1))).stream().findFirst();
  }

  /// The object with an id.
  ///
  /// @throws NotFoundException if there is none
  /// @throws ApiException if it doesn't work
  public T get(String wanted) {
    return first(Json.object(WHERE, Json.object("id", wanted)))
        .orElseThrow(() ->
            new NotFoundException(
                ApiException.Failure.of(list.path(), 404, "nothing has the id " + wanted)));
  }

  private static Json with(Json query, Map<String, Object> changes) {
    var changed = new LinkedHashMap<String, Object>(query.fields());
    changed.putAll(changes);
    return Json.of(changed);
  }

  /// One page after the other.
  private final class Pages extends AbstractSpliterator<T> {
    private final Json query;
    private final int pageSize = client.options().pageSize().orElse(PAGE);
    private final Queue<T> page = new ArrayDeque<>();
    private List<String> pageIds = List.of();
    private long left;
    private boolean ended;

    Pages(Json query) {
      super(Long.MAX_VALUE, Spliterator.ORDERED | Spliterator.NONNULL);
      this.query = query;
      this.left =
          query.has(FIRST) && !query.get(FIRST).isNull()
              ? query.get(FIRST).asLong()
              : Long.MAX_VALUE;
    }

    @Override
    public boolean tryAdvance(Consumer<? super T> action) {
      if (page.isEmpty() && !ended) {
        turn();
      }
      var next = page.poll();
      if (next == null) {
        return false;
      }
      action.accept(next);
      return true;
    }

    private void turn() {
      var wanted = (int) Math.min(left, pageSize);
      if (wanted == 0) {
        ended = true;
        return;
      }
      var objects = pageIds.isEmpty() ? firstPage(wanted) : nextPage(wanted);
      left -= objects.size();
      ended = objects.size() < wanted;
      pageIds = objects.stream().<String>map(id).toList();
      page.addAll(objects);
    }

    private List<T> firstPage(int wanted) {
      return client.call(list, with(query, Map.of(FIRST, wanted)));
    }

    /// After an object that has been deleted there is nothing; then it goes on after the last one
    /// that is still there.
    private List<T> nextPage(int wanted) {
      var last = pageIds.get(pageIds.size() - 1);
      var objects = pageAfter(last, wanted);
      if (objects.isEmpty()) {
        var present = lastPresent();
        if (!last.equals(present)) {
          return pageAfter(present, wanted);
        }
      }
      return objects;
    }

    private List<T> pageAfter(String cursor, int wanted) {
      return client.call(list, with(query, Map.of(FIRST, wanted, AFTER, cursor, SKIP, 0)));
    }

    private String lastPresent() {
      var present =
          client.call(
              list, with(query, Map.of(WHERE, any(pageIds), FIRST, pageIds.size(), SKIP, 0)));
      if (present.isEmpty()) {
        throw new IllegalStateException(
            "%s: all of the last %s objects are gone; there is no telling where to go on"
                .formatted(list.path(), pageIds.size()));
      }
      return id.apply(present.get(present.size() - 1));
    }

    private Json any(List<String> ids) {
      @Nullable Json condition = query.has(WHERE) ? query.get(WHERE) : null;
      var ofPage = Json.object("id_in", Json.of(ids));
      return condition == null || condition.isNull()
          ? ofPage
          : Json.object("AND", Json.array(condition, ofPage));
    }
  }
}
