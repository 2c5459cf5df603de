package io.belfry.datacenter;

import io.belfry.store.ResultRow;
import io.belfry.store.Transaction;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Rows of which the simulator can make something. The others are left out, and the log says why: a
/// row that is wrong must not keep a server from starting.
///
/// @param name what to call a row that is left out
/// @param leftOut told of each
record Legible(Function<ResultRow, String> name, Consumer<ResultRow> leftOut) {
  private static final Logger LOG = LoggerFactory.getLogger(Legible.class);

  /// Rows whose first column is the id of what they describe.
  static Legible each(String kind) {
    return new Legible(row -> kind + " " + row.textOrNull(1), _ -> {});
  }

  <T> List<T> rows(
      Transaction transaction, String sql, List<?> parameters, Function<ResultRow, T> mapper) {
    return transaction.query(sql, parameters, row -> read(row, mapper)).stream()
        .flatMap(Optional::stream)
        .toList();
  }

  private <T> Optional<T> read(ResultRow row, Function<ResultRow, T> mapper) {
    try {
      return Optional.of(mapper.apply(row));
    } catch (IllegalArgumentException | IllegalStateException | ArithmeticException e) {
      LOG.warn("{} is left out of the simulated world: {}", name.apply(row), e.getMessage());
      leftOut.accept(row);
      return Optional.empty();
    }
  }
}
