package io.belfry.operations.metric;

import io.belfry.operations.Inquiry;
import io.belfry.operations.Question;
import io.belfry.query.Condition;
import io.belfry.store.Transaction;
import io.belfry.store.rows.HostRow;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// A `get-…-metrics` operation: a series of points for each thing and metric.
///
/// @param kind of the things that it is about
/// @param selection which of them
record SeriesInquiry(String path, Kind kind, Selecting selection, MetricLimits limits)
    implements Inquiry {
  private static final String HOSTS = "hosts";

  /// Reads from a request which things are meant.
  @FunctionalInterface
  interface Selecting {
    Condition condition(Question question);
  }

  @Override
  public Reply answer(Question question) {
    var request = MetricRequest.of(question, limits);
    var streams = Math.max(1, limits.streams() / request.names().size());
    var found = question.read(transaction -> find(question, transaction, streams));
    var meter = request.meter(question, found.measured(), limits);
    return new SeriesReply(request.names(), kind, meter, found.measured(), found.dropped());
  }

  /// @param dropped whether there are more
  private record Found(List<Measured> measured, boolean dropped) {}

  private Found find(Question question, Transaction transaction, int most) {
    var condition = selection.condition(question);
    var hosts = hosts(question, transaction);
    var ids = question.ids(transaction, kind.type(), condition, most + 1);
    var measured = kind.read(transaction, ids.subList(0, Math.min(most, ids.size())));
    return new Found(
        hosts.map(only -> measured.stream().map(each -> each.on(only)).toList()).orElse(measured),
        ids.size() > most);
  }

  /// The only hosts that count, if a request about something that hosts share names some.
  private Optional<Set<String>> hosts(Question question, Transaction transaction) {
    if (kind != Kind.LUN && kind != Kind.NVMF_NAMESPACE) {
      return Optional.empty();
    }
    return question
        .body()
        .optionalObject(HOSTS)
        .map(where -> question.condition(HostRow.TYPE, where))
        .map(hosts -> Set.copyOf(question.ids(transaction, HostRow.TYPE, hosts)));
  }
}
