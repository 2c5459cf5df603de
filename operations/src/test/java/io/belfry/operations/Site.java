package io.belfry.operations;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.belfry.datacenter.SimulatedDatacenter;
import io.belfry.datacenter.SimulationSize;
import io.belfry.hypervisor.simulator.SimulatedHypervisor;
import io.belfry.hypervisor.simulator.SimulatedTime;
import io.belfry.hypervisor.simulator.SimulationSpeed;
import io.belfry.hypervisor.simulator.Waiting;
import io.belfry.hypervisor.simulator.faults.FaultRule;
import io.belfry.hypervisor.simulator.faults.FaultRules;
import io.belfry.hypervisor.simulator.faults.MemoryLedger;
import io.belfry.operations.ha.HostWatch;
import io.belfry.operations.user.Credentials;
import io.belfry.operations.vm.RecycleBinPurge;
import io.belfry.query.Language;
import io.belfry.query.ListRequestParser;
import io.belfry.query.QueryLimits;
import io.belfry.query.WhereParser;
import io.belfry.query.sql.QueryCompiler;
import io.belfry.store.Store;
import io.belfry.store.Transaction;
import io.belfry.store.database.TestTables;
import io.belfry.store.id.RandomIds;
import io.belfry.store.read.EntityReader;
import io.belfry.store.read.ReadSettings;
import io.belfry.store.rows.TaskRow;
import io.belfry.store.rows.UserEdit;
import io.belfry.store.rows.UserSource;
import io.belfry.tasks.RunningTask;
import io.belfry.tasks.TaskEngine;
import io.belfry.tasks.TaskSettings;
import io.belfry.tasks.TaskWork;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;

/// A small simulated data centre with all operations, for one test.
public final class Site implements AutoCloseable {
  public static final Instant NOW = Instant.parse("2026-01-31T08:00:00Z");

  private static final Clock CLOCK = Clock.fixed(NOW, ZoneOffset.UTC);
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Caller CALLER = new Caller("tester", "tester");
  private static final long SEED = 42;
  private static final long PATIENCE_SECONDS = 30;

  private final Store store;
  private final EntityReader reader;
  private final ListRequestParser requests;
  private final TaskEngine engine;
  private final Operations operations;
  private final Inquiries inquiries;
  private final Semaphore ended = new Semaphore(0);
  private final SimulatedHypervisor simulator;
  private final MemoryLedger faultLedger = new MemoryLedger();
  private final FaultRules faults = new FaultRules(faultLedger, Waiting.SLEEPING);
  private final Tools tools;
  private final HostWatch watch;

  /// Opens a site whose tasks start at once.
  public Site() {
    this(true, TaskSettings.defaults("test", Lanes.LIMITS));
  }

  private Site(boolean started, TaskSettings settings) {
    var layout = TestTables.LAYOUT;
    var database =
        TestTables.freshDatabase(
                "small data centre", empty -> load(new Store(empty, TestTables.LAYOUT)))
            .dataSource();
    this.store = new Store(database, layout);
    var wheres = new WhereParser(layout.schema(), QueryLimits.DEFAULT);
    var compiler = new QueryCompiler(layout);
    this.requests = new ListRequestParser(layout.schema(), QueryLimits.DEFAULT, wheres);
    this.reader = new EntityReader(database, compiler, ReadSettings.DEFAULT);
    var time = new SimulatedTime(CLOCK, Waiting.SLEEPING, SimulationSpeed.INSTANT);
    this.simulator = new SimulatedHypervisor(SEED, time, faults);
    SimulatedDatacenter.restore(store, simulator);
    this.tools =
        new Tools(
            store, wheres, compiler, simulator, new RandomIds(CLOCK, new Random(SEED)), CLOCK);
    this.engine = new TaskEngine(store, settings, CLOCK);
    this.operations = Operations.built(tools, engine, reader, new NoLogins());
    engine.use(works());
    this.inquiries = new Inquiries(tools, requests, reader);
    this.watch = new HostWatch(tools, engine.queue(), new HostWatch.Pace(Duration.ofSeconds(1), 1));
    if (started) {
      startTasks();
    }
  }

  /// A site whose tasks wait for [#startTasks].
  public static Site withWaitingTasks() {
    return new Site(false, TaskSettings.defaults("test", Lanes.LIMITS));
  }

  /// A site whose tasks wait for [#startTasks] and are given up at their first fault of ours.
  public static Site withoutPatience() {
    var usual = TaskSettings.defaults("test", Lanes.LIMITS);
    return new Site(
        false,
        new TaskSettings(
            usual.owner(),
            usual.concurrency(),
            usual.lease(),
            usual.pollInterval(),
            1,
            usual.lanes()));
  }

  private static void load(Store store) {
    SimulatedDatacenter.load(store, SimulationSize.SMALL, SEED, CLOCK);
    store.change(transaction ->
        transaction.insert(
            UserEdit.edit()
                .id(CALLER.userId())
                .username(CALLER.username())
                .displayUsername(CALLER.username())
                .name(CALLER.username())
                .source(UserSource.LOCAL)
                .internal(false)));
  }

  public void startTasks() {
    engine.start(works());
  }

  private Map<String, TaskWork> works() {
    return operations.works().entrySet().stream()
        .collect(Collectors.toMap(Map.Entry::getKey, entry -> new Observed(entry.getValue())));
  }

  public Store store() {
    return store;
  }

  public SimulatedHypervisor simulator() {
    return simulator;
  }

  /// Makes the hypervisor's calls go wrong from now on.
  public void hold(FaultRule... rules) {
    faults.replace(List.of(rules));
  }

  /// How often a fault rule was used.
  public MemoryLedger faultLedger() {
    return faultLedger;
  }

  /// One more that watches the hosts, as every server has one.
  public HostWatch newWatch() {
    return new HostWatch(tools, engine.queue(), new HostWatch.Pace(Duration.ofSeconds(1), 1));
  }

  /// Looks after hosts, which happens only when it is asked for here.
  public void lookAtHosts() throws InterruptedException {
    watch.look();
  }

  /// Removes what has been in the recycle bin for too long, which happens only when it is asked for
  /// here.
  public void purgeRecycleBin() {
    new RecycleBinPurge(tools, engine.queue()).run();
  }

  /// Calls an operation; its tasks go on.
  ///
  /// @param body JSON, with `'` for `"`
  public JsonNode call(String path, String body) {
    var operation = TestTables.LAYOUT.schema().operation(path).orElseThrow();
    return operations.answer(operation, CALLER, Optional.empty(), json(body), Language.EN_US);
  }

  /// Asks something.
  ///
  /// @param body JSON, with `'` for `"`
  public JsonNode ask(String path, String body) {
    var operation = TestTables.LAYOUT.schema().operation(path).orElseThrow();
    var answer = new StringWriter();
    try (var generator = JSON.createGenerator(answer)) {
      inquiries.answer(operation, json(body), Language.EN_US).write(generator);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return json(answer.toString());
  }

  /// Calls an operation and waits for its tasks.
  ///
  /// @return the ids of the objects
  public List<String> done(String path, String body) throws InterruptedException {
    var answer = call(path, body);
    await(answer.size());
    for (var each : answer) {
      var task = task(each);
      assertThat(task.errorMessage()).as(path).isNull();
    }
    return StreamSupport.stream(answer.spliterator(), false)
        .map(each -> each.path("data").path("id").textValue())
        .toList();
  }

  /// Calls an operation whose only task must fail.
  public TaskRow failed(String path, String body) throws InterruptedException {
    var answer = call(path, body);
    await(1);
    return task(answer.path(0));
  }

  /// Waits until so many tasks have ended.
  public void await(int tasks) throws InterruptedException {
    assertThat(ended.tryAcquire(tasks, PATIENCE_SECONDS, TimeUnit.SECONDS))
        .as("%s tasks end", tasks)
        .isTrue();
  }

  public TaskRow task(JsonNode answer) {
    var id = answer.required("task_id").textValue();
    return store.read(transaction -> transaction.find(TaskRow.TYPE, id)).orElseThrow();
  }

  /// What a list operation shows.
  ///
  /// @param body JSON, with `'` for `"`
  public List<JsonNode> list(String entity, String body) {
    var request = requests.parse(TestTables.LAYOUT.schema().entity(entity), json(body));
    var answer = new ByteArrayOutputStream();
    try {
      reader.write(request, Language.EN_US, answer);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    var list = parsed(answer.toString(StandardCharsets.UTF_8));
    return StreamSupport.stream(list.spliterator(), false).toList();
  }

  /// The first object that matches.
  ///
  /// @param where JSON, with `'` for `"`
  public JsonNode first(String entity, String where) {
    var found = list(entity, "{'where': %s, 'first': 1}".formatted(where));
    assertThat(found).as("%s where %s", entity, where).isNotEmpty();
    return found.getFirst();
  }

  /// A VM of the ELF cluster that is in no recycle bin.
  ///
  /// @param where further conditions, as the inside of a JSON object with `'` for `"`
  public JsonNode vm(String where) {
    return first(
        "Vm", "{'cluster': {'hypervisor': 'ELF'}, 'in_recycle_bin': false, %s}".formatted(where));
  }

  /// The VM with this id as it is now.
  public JsonNode vmById(String id) {
    return first("Vm", "{'id': '%s'}".formatted(id));
  }

  private static JsonNode json(String text) {
    return parsed(text.replace('\'', '"'));
  }

  private static JsonNode parsed(String text) {
    try {
      return JSON.readTree(text);
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException(text, e);
    }
  }

  @Override
  public void close() {
    engine.close();
  }

  /// Nobody logs in here.
  private static final class NoLogins implements Credentials {
    @Override
    public void set(Transaction transaction, String userId, String password) {
      throw new UnsupportedOperationException("a site keeps no passwords");
    }

    @Override
    public void endSessions(Transaction transaction, String userId) {}

    @Override
    public void remove(Transaction transaction, String userId) {}
  }

  /// Work that tells when its tasks have ended.
  private final class Observed implements TaskWork {
    private final TaskWork work;

    Observed(TaskWork work) {
      this.work = work;
    }

    @Override
    public Recording act(RunningTask task) throws InterruptedException {
      return work.act(task).then(transaction -> transaction.afterCommit(ended::release));
    }

    @Override
    public Optional<Undo> undo(RunningTask task) {
      return work.undo(task);
    }

    @Override
    public void rollBack(Transaction transaction, RunningTask task) {
      work.rollBack(transaction, task);
      transaction.afterCommit(ended::release);
    }
  }
}
