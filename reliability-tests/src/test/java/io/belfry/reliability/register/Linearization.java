package io.belfry.reliability.register;

import io.belfry.reliability.register.Event.State;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/// Looks for an order of events in which each fits the state that those before it left, and no
/// event comes before one that was over when it began.
///
/// Depth first, never twice from the same set of events in the same state. Fast as long as few
/// events overlap.
final class Linearization {
  private final List<Event> events;
  private final Set<Point> seen = new HashSet<>();

  private Linearization(List<Event> events) {
    this.events = events;
  }

  private record Point(BitSet done, State state) {}

  /// Whether there is such an order.
  static boolean exists(List<Event> history, State first) {
    var events = new ArrayList<>(history);
    events.sort(Comparator.comparingLong(Event::notBefore));
    return new Linearization(events).search(new Point(new BitSet(), first));
  }

  /// The shortest part of a history, from its start, that has no such order; empty if it has one.
  /// In a part, what was seen only later may have taken place or not.
  static List<Event> shortestWithout(List<Event> history, State first) {
    if (exists(history, first)) {
      return List.of();
    }
    var ends = history.stream().map(Event::notAfter).sorted().distinct().toList();
    for (var end : ends) {
      var part = until(history, end);
      if (!exists(part, first)) {
        return part.stream().sorted(Comparator.comparingLong(Event::notBefore)).toList();
      }
    }
    return history;
  }

  private static List<Event> until(List<Event> history, long end) {
    var part = new ArrayList<Event>();
    for (var event : history) {
      if (event.notAfter() <= end) {
        part.add(event);
      } else if (event.notBefore() <= end) {
        part.add(Event.unsure(event.what(), event.notBefore()));
      }
    }
    return part;
  }

  private boolean search(Point first) {
    var open = new ArrayDeque<Point>();
    open.push(first);
    while (!open.isEmpty()) {
      var point = open.pop();
      if (isComplete(point)) {
        return true;
      }
      if (seen.add(point)) {
        next(point).forEach(open::push);
      }
    }
    return false;
  }

  private boolean isComplete(Point point) {
    for (var i = 0; i < events.size(); i++) {
      if (events.get(i).sure() && !point.done.get(i)) {
        return false;
      }
    }
    return true;
  }

  /// The points to which one more event leads.
  private List<Point> next(Point point) {
    var points = new ArrayList<Point>();
    var earliestEnd = earliestEnd(point);
    for (var i = point.done.nextClearBit(0);
        i < events.size();
        i = point.done.nextClearBit(i + 1)) {
      var event = events.get(i);
      if (event.notBefore() > earliestEnd) {
        break; // something that has to come first was over by then, as it was for all that follow
      }
      var state = event.in(point.state);
      if (state != null) {
        var done = (BitSet) point.done.clone();
        done.set(i);
        points.add(new Point(done, state));
      }
    }
    return points;
  }

  private long earliestEnd(Point point) {
    var earliest = Long.MAX_VALUE;
    for (var i = point.done.nextClearBit(0);
        i < events.size();
        i = point.done.nextClearBit(i + 1)) {
      if (events.get(i).sure()) {
        earliest = Math.min(earliest, events.get(i).notAfter());
      }
    }
    return earliest;
  }
}
