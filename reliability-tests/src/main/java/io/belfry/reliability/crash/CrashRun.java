package io.belfry.reliability.crash;

import io.belfry.reliability.invariant.Evidence;
import io.belfry.reliability.invariant.Invariant;
import io.belfry.reliability.invariant.Invariants;
import io.belfry.reliability.server.ServerUnderTest;
import java.io.IOException;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.StringJoiner;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;

/// Strikes a server under load many times, and looks for anything that breaks a promise: after each
/// strike at what must always hold, at the end at everything. Ends early when something is found.
///
/// The same seed plans the same strikes and draws the tenants' wishes from the same source; which
/// moment a strike hits differs from run to run.
final class CrashRun {
  private static final String SIZE = "30-vms";

  /// Most tasks take 0.1 to 0.5 s, so that blows hit them in every phase.
  private static final String SPEED = "brisk";

  private static final Duration GLANCE = Duration.ofMillis(250);

  private final CrashSettings settings;
  private final Consumer<String> progress;
  private final Ledger ledger = new Ledger();
  private final Findings findings = new Findings();
  private final Map<Strike.Kind, Integer> strikes = new EnumMap<>(Strike.Kind.class);
  private final List<Invariant> always = Invariants.always();
  private final AtomicReference<Burst> burst = new AtomicReference<>(Burst.NONE);

  /// @param progress told a line after each strike
  CrashRun(CrashSettings settings, Consumer<String> progress) {
    this.settings = settings;
    this.progress = progress;
  }

  Summary run() throws IOException, InterruptedException, SQLException {
    var begun = System.nanoTime();
    try (var server = ServerUnderTest.start(SIZE, SPEED, settings.replicas())) {
      progress.accept("%s, server log %s".formatted(settings, server.log()));
      check(server, always);
      if (settings.faults()) {
        HypervisorFaults.add(server.client(), settings.seed());
      }
      underLoad(server);
    }
    return new Summary(
        settings,
        strikes,
        ledger.fates(),
        ledger.tasks(),
        Duration.ofNanos(System.nanoTime() - begun),
        findings.all());
  }

  private void underLoad(ServerUnderTest server)
      throws IOException, InterruptedException, SQLException {
    var random = new SplittableRandom(settings.seed());
    var stopped = new AtomicBoolean();
    var threads = Executors.newVirtualThreadPerTaskExecutor();
    try {
      for (var tenant : tenants(server, random)) {
        threads.execute(() -> tenant.run(stopped::get));
      }
      strikeRepeatedly(server, random);
      stopped.set(true);
      threads.shutdown();
      if (findings.isEmpty() && awaitTenants(server, threads)) {
        check(server, always);
        check(server, Invariants.AT_REST);
      }
    } finally {
      threads.shutdownNow();
      threads.close();
    }
  }

  private List<Tenant> tenants(ServerUnderTest server, SplittableRandom random) {
    var surroundings = Surroundings.read(server.client());
    var excuses = settings.faults() ? HypervisorFaults.EXCUSES : List.<String>of();
    var tenants = new ArrayList<Tenant>();
    for (var i = 0; i < settings.tenants(); i++) {
      var link = new Link(server, settings.patience(), i);
      var books = new Tenant.Books(link, ledger, findings, settings.taskLimit(), excuses);
      tenants.add(
          new Tenant(
              String.format(Locale.ROOT, "tenant%02d", i),
              books,
              surroundings,
              burst::get,
              random.split()));
    }
    return tenants;
  }

  private void strikeRepeatedly(ServerUnderTest server, SplittableRandom random)
      throws IOException, InterruptedException, SQLException {
    for (var i = 1; i <= settings.kills() && findings.isEmpty(); i++) {
      var strike = Strike.draw(i, settings.replicas(), random);
      strikes.merge(strike.kind(), 1, Integer::sum);
      var times = new StringJoiner(", ");
      timed("load", times, () -> await(strike.moment(), server));
      if (!timed("blow and return", times, () -> isSurvived(strike, server))) {
        return;
      }
      timed("check", times, () -> check(server, always));
      progress.accept(
          "%s of %s: %s (%s); calls %s, tasks %s"
              .formatted(
                  i,
                  settings.kills(),
                  strike.kind().words(),
                  times,
                  ledger.fates(),
                  ledger.tasks()));
    }
  }

  private interface Step<T> {
    T run() throws IOException, InterruptedException, SQLException;
  }

  private static <T> T timed(String what, StringJoiner times, Step<T> step)
      throws IOException, InterruptedException, SQLException {
    var begun = System.nanoTime();
    var result = step.run();
    times.add(String.format(Locale.ROOT, "%s %.1f s", what, (System.nanoTime() - begun) / 1e9));
    return result;
  }

  private boolean await(Moment moment, ServerUnderTest server)
      throws IOException, InterruptedException, SQLException {
    moment.await(server, ledger, burst::set);
    return true;
  }

  private boolean isSurvived(Strike strike, ServerUnderTest server) throws InterruptedException {
    try {
      var complaint = strike.strike(server);
      if (complaint.isEmpty()) {
        return true;
      }
      findings.add("the server takes every blow", complaint);
    } catch (IOException e) {
      findings.add("the server comes back after " + strike.kind().words(), String.valueOf(e));
    }
    return false;
  }

  private boolean awaitTenants(ServerUnderTest server, ExecutorService threads)
      throws IOException, InterruptedException, SQLException {
    var limit = settings.taskLimit().plus(settings.patience());
    var end = System.nanoTime() + limit.toNanos();
    var leases = new LeaseWatch(server);
    while (!threads.awaitTermination(GLANCE.toMillis(), TimeUnit.MILLISECONDS)) {
      leases.look();
      if (leases.isNothingRenewed()) {
        findings.add("a worker renews its leases", "none was renewed though tasks took long");
        return false;
      }
      if (System.nanoTime() > end) {
        findings.add("all work comes to an end", "tenants still wait after " + limit);
        return false;
      }
    }
    return true;
  }

  /// Reads one snapshot of the database, and what the API shows.
  ///
  /// @return whether it shows what it must
  private boolean check(ServerUnderTest server, List<Invariant> invariants)
      throws IOException, InterruptedException, SQLException {
    var good = true;
    try (var rows = server.database()) {
      var evidence = Evidence.take(rows, server.client());
      for (var invariant : invariants) {
        for (var violation : invariant.violations(evidence)) {
          findings.add(invariant.name(), violation);
          good = false;
        }
      }
      rows.rollback();
    }
    return good;
  }
}
