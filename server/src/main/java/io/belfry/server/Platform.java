package io.belfry.server;

import com.fasterxml.jackson.databind.node.TextNode;
import io.belfry.datacenter.SeedCopy;
import io.belfry.datacenter.SimulatedDatacenter;
import io.belfry.datacenter.StoredWorld;
import io.belfry.datacenter.UsageObserver;
import io.belfry.datacenter.faults.SharedFaults;
import io.belfry.datacenter.time.SharedClock;
import io.belfry.datacenter.time.SimulatedClock;
import io.belfry.hypervisor.simulator.SimulatedHypervisor;
import io.belfry.hypervisor.simulator.SimulatedTime;
import io.belfry.hypervisor.simulator.Waiting;
import io.belfry.operations.Inquiries;
import io.belfry.operations.Lanes;
import io.belfry.operations.Operations;
import io.belfry.operations.Tools;
import io.belfry.operations.ha.HostWatch;
import io.belfry.operations.vm.RecycleBinPurge;
import io.belfry.operations.vm.VmRecords;
import io.belfry.schema.Rights;
import io.belfry.schema.Schema;
import io.belfry.server.api.Lists;
import io.belfry.server.api.OperationAnswer;
import io.belfry.server.api.OperationRoutes;
import io.belfry.server.api.Replies;
import io.belfry.server.auth.Administrators;
import io.belfry.server.auth.AuthOperations;
import io.belfry.server.auth.PasswordHashing;
import io.belfry.server.auth.RoleRights;
import io.belfry.server.changes.ChangeEvents;
import io.belfry.server.changes.EventTexts;
import io.belfry.server.changes.ResourceChanges;
import io.belfry.server.config.ServerSettings;
import io.belfry.server.docs.ApiDocs;
import io.belfry.server.http.Answer;
import io.belfry.server.http.Route;
import io.belfry.server.http.Router;
import io.belfry.server.http.Routes;
import io.belfry.server.observe.Health;
import io.belfry.server.observe.Metrics;
import io.belfry.server.simulator.SimulatedHosts;
import io.belfry.server.simulator.SimulatorReset;
import io.belfry.server.simulator.SimulatorRoutes;
import io.belfry.server.simulator.TellingWork;
import io.belfry.store.Store;
import io.belfry.store.database.Database;
import io.belfry.store.database.PoolSettings;
import io.belfry.store.id.RandomIds;
import io.belfry.store.log.ChangeObjects;
import io.belfry.store.log.LogTail;
import io.belfry.store.log.RevisionLog;
import io.belfry.store.read.EntityReader;
import io.belfry.store.read.ReadSettings;
import io.belfry.store.signal.Signals;
import io.belfry.store.signal.Topic;
import io.belfry.tasks.TaskEngine;
import io.belfry.tasks.TaskSettings;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// A running server: every part of it, built here from top to bottom and closed in reverse.
public final class Platform implements AutoCloseable {
  /// The version of the API that is served.
  static final String API_VERSION = "4.8.0";

  private static final Logger LOG = LoggerFactory.getLogger(Platform.class);

  private final Deque<AutoCloseable> parts;
  private final Front front;
  private final Optional<RootPassword> createdRoot;

  private Platform(Deque<AutoCloseable> parts, Front front, Optional<RootPassword> createdRoot) {
    this.parts = parts;
    this.front = front;
    this.createdRoot = createdRoot;
  }

  /// Starts everything. Nothing stays behind if any part can't start.
  ///
  /// @throws io.belfry.problem.ProblemException saying which part, and what to do
  public static Platform start(ServerSettings settings) {
    return start(settings, Groundwork.begin());
  }

  /// As [#start(ServerSettings)], for who has begun before the settings were known.
  static Platform start(ServerSettings settings, Groundwork groundwork) {
    var front = Front.open(settings.listen());
    var parts = new ArrayDeque<AutoCloseable>();
    try {
      return start(settings, groundwork, front, parts);
    } catch (RuntimeException | Error e) {
      parts.push(front);
      closeAll(parts);
      throw e;
    }
  }

  private static Platform start(
      ServerSettings settings, Groundwork groundwork, Front front, Deque<AutoCloseable> parts) {
    var clock = Clock.systemUTC();
    var time = new SimulatedClock(clock);
    var random = new SecureRandom();
    var ids = new RandomIds(time, random);

    var database =
        opened(
            parts,
            Database.open(
                settings.database(),
                PoolSettings.DEFAULT,
                groundwork.layout()::get,
                tables -> keep(settings, new Store(tables, groundwork.layout().get()), clock)));
    var layout = groundwork.layout().get();
    var schema = layout.schema();
    var owner = ids.uuid();
    var signals = opened(parts, Signals.start(database::connectOutsidePool, owner));
    var store = new Store(database.dataSource(), layout, () -> signals.raise(Topic.CHANGES));

    var sharedClock = opened(parts, SharedClock.start(store, time));

    var loaded = load(settings, store, time);

    var language = groundwork.language().get();
    var reader = new EntityReader(database.dataSource(), language.compiler(), ReadSettings.DEFAULT);
    var lists = new Lists(schema, language.requests(), reader);

    var faults = opened(parts, SharedFaults.start(store, ids));
    var tasks =
        opened(
            parts,
            new TaskEngine(
                store,
                TaskSettings.defaults(owner, Lanes.LIMITS),
                time,
                () -> signals.raise(Topic.TASKS)));
    signals.on(Topic.TASKS, tasks::wake);
    var world = new StoredWorld(store, TellingWork.claims(tasks.queue()));
    var hypervisor = hypervisor(settings, time, faults, world);
    opened(parts, world.startForgetting());
    var tools = new Tools(store, language.wheres(), language.compiler(), hypervisor, ids, time);
    var hashing = settings.isEphemeral() ? PasswordHashing.EPHEMERAL : PasswordHashing.USUAL;
    var auth = new AuthOperations(store, reader, ids, clock, random, hashing);
    var operations = Operations.built(tools, tasks, reader, auth.credentials());
    var inquiries = new Inquiries(tools, language.requests(), reader);
    if (database.isOurs()) {
      tasks.inherit();
    }
    tasks.start(TellingWork.all(operations.works()));
    var hostWatch = opened(parts, HostWatch.start(tools, tasks.queue(), HostWatch.Pace.USUAL));
    opened(parts, RecycleBinPurge.start(tools, tasks.queue()));
    opened(
        parts,
        UsageObserver.start(store, hypervisor, VmRecords::record, UsageObserver.Pace.USUAL, owner));

    var log = new RevisionLog(store);
    var tail = opened(parts, LogTail.start(log, LogTail.TailSettings.DEFAULT));
    signals.on(Topic.CHANGES, tail::wake);
    opened(parts, Housekeeping.start(store, log, settings.retention()));

    var createdRoot = createRoot(settings, auth, random);
    var seed = new SeedCopy(store);
    if (loaded && isCopied(settings)) {
      seed.take();
    }

    var answers = new HashMap<String, OperationAnswer>();
    answers.putAll(lists.answers());
    answers.putAll(mutations(schema, operations));
    answers.putAll(inquiries(schema, inquiries));
    answers.putAll(auth.answers());
    answers.put("get-version", _ -> Answer.json(TextNode.valueOf(API_VERSION)));
    var changes = new ChangeObjects(layout);
    answers.put("resource-changes", new ResourceChanges(schema, log, changes));
    var callers = auth.basicCallers();
    var rights = new RoleRights(Rights.bundled(), store);
    var api = new OperationRoutes(schema, callers, rights, answers);
    var events = new ChangeEvents(schema, log, tail, new EventTexts(changes), callers);

    var metrics = front.metrics();
    addGauges(metrics, database, tasks);
    metrics.add("belfry.events.watching", "Streams of changes that are open", tail::watching);
    var health = health(store, tasks, faults, front::isLeaving);
    var reset =
        new SimulatorReset(
            store,
            new SimulatorReset.Simulation(faults, sharedClock, world, hypervisor, seed),
            tasks.queue(),
            auth,
            hostWatch);
    var simulator =
        new SimulatorRoutes(
            faults,
            new SimulatedHosts(store, hypervisor),
            sharedClock,
            reset,
            auth.tokens(),
            new Administrators(store));
    front.serve(routes(api, events, simulator, health, metrics));
    parts.push(front);
    return new Platform(parts, front, createdRoot);
  }

  /// @return whether this start has filled the store
  private static boolean load(ServerSettings settings, Store store, Clock clock) {
    var simulation = settings.simulation();
    return simulation
        .size()
        .filter(size -> SimulatedDatacenter.load(store, size, simulation.seed(), clock))
        .isPresent();
  }

  /// Fills a store of which others will be copied.
  private static void keep(ServerSettings settings, Store store, Clock clock) {
    var simulation = settings.simulation();
    simulation
        .size()
        .ifPresent(size -> SimulatedDatacenter.keep(store, size, simulation.seed(), clock));
  }

  private static boolean isCopied(ServerSettings settings) {
    return settings.simulation().size().filter(SeedCopy::isTaken).isPresent();
  }

  /// The simulator of the world that all servers with this database share.
  private static SimulatedHypervisor hypervisor(
      ServerSettings settings, Clock clock, SharedFaults faults, StoredWorld world) {
    var simulation = settings.simulation();
    var time = new SimulatedTime(clock, Waiting.SLEEPING, simulation.speed());
    return new SimulatedHypervisor(simulation.seed(), time, faults.faults(), world);
  }

  private static Optional<RootPassword> createRoot(
      ServerSettings settings, AuthOperations auth, SecureRandom random) {
    return auth.accounts()
        .createRoot(() -> RootPassword.choose(settings, random), RootPassword::value);
  }

  private static Map<String, OperationAnswer> mutations(Schema schema, Operations operations) {
    var answers = new HashMap<String, OperationAnswer>();
    for (var operation : schema.operations().values()) {
      if (operations.isBuilt(operation.path())) {
        answers.put(
            operation.path(),
            call ->
                Answer.json(
                    operations.answer(
                        operation,
                        call.requiredCaller(),
                        call.key(),
                        call.body(),
                        call.language())));
      }
    }
    return answers;
  }

  private static Map<String, OperationAnswer> inquiries(Schema schema, Inquiries inquiries) {
    var answers = new HashMap<String, OperationAnswer>();
    for (var operation : schema.operations().values()) {
      if (inquiries.isBuilt(operation.path())) {
        answers.put(
            operation.path(),
            call -> Replies.answer(inquiries.answer(operation, call.body(), call.language())));
      }
    }
    return answers;
  }

  private static void addGauges(Metrics metrics, Database database, TaskEngine tasks) {
    metrics.add("belfry.tasks.running", "Tasks that this server works on", tasks::running);
    metrics.add(
        "belfry.database.connections.active",
        "Database connections in use",
        () -> database.poolUse().active());
    metrics.add(
        "belfry.database.connections.idle",
        "Open database connections that wait to be used",
        () -> database.poolUse().idle());
    metrics.add(
        "belfry.database.connections.waiting",
        "Requests and tasks that wait for a database connection",
        () -> database.poolUse().waiting());
    metrics.add(
        "belfry.database.connections.max",
        "Database connections at most",
        () -> database.poolUse().limit());
  }

  private static Health health(
      Store store, TaskEngine tasks, SharedFaults faults, BooleanSupplier leaving) {
    var checks = new LinkedHashMap<String, Health.Check>();
    checks.put(
        "database",
        () ->
            store
                    .read(
                        transaction -> transaction.query("SELECT 1", List.of(), row -> row.text(1)))
                    .size()
                == 1);
    checks.put("tasks", tasks::isHealthy);
    checks.put("requests", () -> !leaving.getAsBoolean());
    return new Health(checks, faults::count);
  }

  private static Router routes(
      OperationRoutes api,
      ChangeEvents events,
      SimulatorRoutes simulator,
      Health health,
      Metrics metrics) {
    var docs = new DocsPages(ApiDocs.bundled());
    var pages = new HashMap<String, Route>();
    add(pages, "/", _ -> FrontPage.answer());
    add(pages, "/healthz", _ -> health.alive());
    add(pages, "/readyz", _ -> health.ready());
    add(pages, "/metrics", _ -> metrics.page());
    pages.put(ChangeEvents.PATH, events.route());
    add(pages, "/docs", DocsPages::redirect);
    ApiDocs.DOCUMENTS.forEach(name -> add(pages, DocsPages.DOCUMENTS + name, docs.document(name)));
    var below = new LinkedHashMap<String, Router>();
    below.put(OperationRoutes.BASE, api);
    below.put(SimulatorRoutes.BASE, simulator);
    below.put(DocsPages.BASE, docs);
    return new Routes(pages, below);
  }

  private static void add(Map<String, Route> pages, String path, Route.Handler handler) {
    pages.put(path, Route.page(path, handler));
  }

  private static <T extends AutoCloseable> T opened(Deque<AutoCloseable> parts, T part) {
    parts.push(part);
    return part;
  }

  public int port() {
    return front.port();
  }

  /// The password of root, if the user was created by this start.
  Optional<RootPassword> createdRoot() {
    return createdRoot;
  }

  /// Drains requests, gives unfinished tasks back, and stops the database.
  @Override
  public void close() {
    closeAll(parts);
  }

  private static void closeAll(Deque<AutoCloseable> parts) {
    while (!parts.isEmpty()) {
      try {
        parts.pop().close();
      } catch (Exception e) {
        LOG.error("a part doesn't stop as it should", e);
      }
    }
  }
}
