package io.belfry.operations.ha;

import io.belfry.hypervisor.HostSeen;
import io.belfry.hypervisor.HostState;
import io.belfry.hypervisor.HypervisorException;
import io.belfry.operations.Tools;
import io.belfry.store.job.RecurringJob;
import io.belfry.tasks.TaskQueue;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Watches hosts, and sees to it that what is shown follows and that VMs with HA run again.
///
/// Every server of a database has one. They need not agree on who acts: each step is decided in a
/// transaction that locks what it changes and looks again, so a step that somebody else has made is
/// none.
public final class HostWatch {
  private static final Logger LOG = LoggerFactory.getLogger(HostWatch.class);

  private final Tools tools;
  private final Pace pace;
  private final LostHosts hosts;
  private final LostVms vms;
  private final Restarts restarts;
  private final Map<String, Integer> silences = new HashMap<>();

  /// A watch that looks only when it is told to, by [#look].
  public HostWatch(Tools tools, TaskQueue queue, Pace pace) {
    this.tools = tools;
    this.pace = pace;
    this.hosts = new LostHosts(tools);
    this.vms = new LostVms(tools);
    this.restarts = new Restarts(tools, queue);
  }

  /// A watch at work, on a thread of its own.
  public static RecurringJob start(Tools tools, TaskQueue queue, Pace pace) {
    var watch = new HostWatch(tools, queue, pace);
    return RecurringJob.start("watching hosts", pace.interval(), watch::lookIfPossible);
  }

  /// How often is looked, and how much silence means that a host is lost.
  ///
  /// @param interval between the end of a look and the next
  /// @param silences how many looks in a row must find that a host doesn't answer
  public record Pace(Duration interval, int silences) {
    /// Two looks within about two seconds: a single lost packet restarts nothing.
    public static final Pace USUAL = new Pace(Duration.ofSeconds(1), 2);

    public Pace {
      if (!interval.isPositive() || silences < 1) {
        throw new IllegalArgumentException(
            "interval and silences must be positive: %s, %s".formatted(interval, silences));
      }
    }
  }

  /// Looks at all hosts once, and does what follows.
  public void look() throws InterruptedException {
    var states =
        tools.driver().hosts().stream()
            .collect(Collectors.toMap(host -> host.id().value(), HostSeen::state));
    var silent = new HashSet<String>();
    for (var host : hosts.all()) {
      var state = states.get(host.localId());
      if (state == HostState.UNREACHABLE) {
        silent.add(host.id());
        if (silences.merge(host.id(), 1, Integer::sum) >= pace.silences() && host.isShownUp()) {
          hosts.lose(host.id());
        }
      } else if (state != null && host.isShownLost()) {
        hosts.find(host.id());
      }
    }
    silences.keySet().retainAll(silent);
    vms.lose();
    vms.find();
    restarts.queue();
  }

  /// A hypervisor that can't be asked says nothing about its hosts.
  private void lookIfPossible() throws InterruptedException {
    try {
      look();
    } catch (HypervisorException e) {
      LOG.debug("hosts can't be looked at: {}", e.getMessage());
    }
  }
}
