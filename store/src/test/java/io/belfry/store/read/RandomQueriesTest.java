package io.belfry.store.read;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.zaxxer.hikari.HikariDataSource;
import io.belfry.postgres.TestDatabase;
import io.belfry.query.Language;
import io.belfry.query.ListRequest;
import io.belfry.query.ListRequestParser;
import io.belfry.query.QueryLimits;
import io.belfry.query.WhereParser;
import io.belfry.query.sql.QueryCompiler;
import io.belfry.schema.Entity;
import io.belfry.schema.Schema;
import io.belfry.store.database.TestTables;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.stream.StreamSupport;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Random queries over random rows give what [NaiveQueries] gives, and what logic demands. A
/// failure shows its seed; `-Dbelfry.seed=…` repeats it, `-Dbelfry.worlds=…` tries more.
class RandomQueriesTest {
  private static final int QUERIES = 250;
  private static final int WORLDS = Integer.getInteger("belfry.worlds", 4);
  private static final ObjectMapper JSON = new ObjectMapper();

  /// The seeds change from run to run, as each run should try something new.
  static List<Long> seeds() {
    var given = Long.getLong("belfry.seed");
    return given == null ? new Random().longs(WORLDS).boxed().toList() : List.of(given);
  }

  @ParameterizedTest(name = "seed {0}")
  @MethodSource("seeds")
  void answersLikeAPlainEvaluation(long seed) throws Exception {
    try (var trial = new Trial(seed)) {
      for (var i = 0; i < QUERIES; i++) {
        trial.compareOne();
      }
    }
  }

  @ParameterizedTest(name = "seed {0}")
  @MethodSource("seeds")
  void keepsTheLawsOfLogicAndPaging(long seed) throws Exception {
    try (var trial = new Trial(seed)) {
      for (var i = 0; i < QUERIES / 10; i++) {
        trial.checkLaws();
      }
    }
  }

  /// A database with random rows, and what to ask it.
  private static final class Trial implements AutoCloseable {
    private final Schema schema = TestTables.LAYOUT.schema();
    private final QueryCompiler compiler = new QueryCompiler(TestTables.LAYOUT);
    private final ListRequestParser parser =
        new ListRequestParser(
            schema, QueryLimits.DEFAULT, new WhereParser(schema, QueryLimits.DEFAULT));
    private final long seed;
    private final SampleValues values;
    private final SampleWorld world;
    private final RandomRequests requests;
    private final TestDatabase database = TestTables.freshDatabase();
    private final HikariDataSource pool = new HikariDataSource();
    private final EntityReader reader;

    Trial(long seed) throws Exception {
      this.seed = seed;
      this.values = new SampleValues(schema, new Random(seed));
      this.world = new SampleWorld(TestTables.LAYOUT, values);
      this.requests = new RandomRequests(schema, world, values);
      pool.setDataSource(database.dataSource());
      pool.setMaximumPoolSize(1);
      this.reader = new EntityReader(pool, compiler, new ReadSettings(Duration.ofSeconds(30), 3));
      try (var own = database.connect()) {
        world.insert(own);
      }
    }

    void compareOne() throws IOException {
      var entity = schema.entity(values.oneOf(SampleWorld.ENTITIES));
      var language = values.oneOf(List.of(Language.values()));
      var body = requests.body(entity);
      if (body.has("orderBy")
          && RandomRequests.ordersJson(entity, body.get("orderBy").textValue())) {
        body.remove("orderBy");
      }
      var naive = new NaiveQueries(world, language);
      var objects = new NaiveObjects(naive);
      var expected = naive.list(entity, body).stream().map(objects::whole).toList();
      var actual = list(entity, body, language);
      assertThat(ids(actual)).as(() -> describe(entity, body, language)).isEqualTo(ids(expected));
      for (var i = 0; i < expected.size(); i++) {
        assertThat(expected.get(i).equals(SAME_NUMBERS, actual.get(i)))
            .as(() -> describe(entity, body, language))
            .overridingErrorMessage("expected\n%s but was\n%s", expected.get(i), actual.get(i))
            .isTrue();
      }
    }

    void checkLaws() throws IOException {
      var entity = schema.entity(values.oneOf(SampleWorld.ENTITIES));
      var language = values.oneOf(List.of(Language.values()));
      var where = requests.where(entity, 2);
      var body = JSON.createObjectNode().put("orderBy", requests.orderBy(entity));
      body.set("where", where);
      var whole = ids(list(entity, body, language));
      checkCount(entity, body, language, whole);
      checkIdentity(entity, body, language, whole);
      checkPages(entity, body, language, whole);
      checkQuantifiers(entity, language);
    }

    private void checkCount(Entity entity, ObjectNode body, Language language, List<String> whole) {
      var page = body.deepCopy().put("first", 1).put("skip", 2);

      assertThat(reader.count(request(entity, page), language))
          .as(() -> describe(entity, page, language))
          .isEqualTo(whole.size());
    }

    private void checkIdentity(
        Entity entity, ObjectNode body, Language language, List<String> whole) throws IOException {
      var both = JSON.createObjectNode().put("orderBy", body.get("orderBy").textValue());
      both.putObject("where").putArray("AND").add(body.get("where")).addObject();

      assertThat(ids(list(entity, both, language)))
          .as(() -> describe(entity, both, language))
          .isEqualTo(whole);
    }

    private void checkPages(Entity entity, ObjectNode body, Language language, List<String> whole)
        throws IOException {
      var size = 1 + values.random().nextInt(4);
      var skipping = new ArrayList<String>();
      var forward = new ArrayList<String>();
      var backward = new ArrayList<String>();
      for (var done = 0; done < whole.size(); done += size) {
        skipping.addAll(
            ids(list(entity, body.deepCopy().put("first", size).put("skip", done), language)));
        var next = body.deepCopy().put("first", size);
        if (!forward.isEmpty()) {
          next.put("after", forward.getLast());
        }
        forward.addAll(ids(list(entity, next, language)));
        var previous = body.deepCopy().put("last", size);
        if (!backward.isEmpty()) {
          previous.put("before", backward.getFirst());
        }
        backward.addAll(0, ids(list(entity, previous, language)));
      }
      var description = describe(entity, body, language) + "\npages of " + size;
      assertThat(skipping).as(description).isEqualTo(whole);
      assertThat(forward).as(description).isEqualTo(whole);
      assertThat(backward).as(description).isEqualTo(whole);
    }

    /// `every p` is `none not p`; where nothing is said in p, `not p` would say nothing either.
    private void checkQuantifiers(Entity entity, Language language) throws IOException {
      var relations =
          entity.fields().values().stream()
              .filter(field -> field.isToMany() && SampleWorld.ENTITIES.contains(field.target()))
              .toList();
      if (relations.isEmpty()) {
        return;
      }
      var relation = values.oneOf(relations);
      var inner = requests.where(schema.target(relation), 1);
      inner.put("id_not", "nobody");
      var every = JSON.createObjectNode();
      every.putObject("where").set(relation.wireName() + "_every", inner);
      var none = JSON.createObjectNode();
      none.putObject("where").putObject(relation.wireName() + "_none").putArray("NOT").add(inner);

      assertThat(ids(list(entity, every, language)))
          .as(() -> describe(entity, every, language))
          .isEqualTo(ids(list(entity, none, language)));
    }

    private List<JsonNode> list(Entity entity, JsonNode body, Language language)
        throws IOException {
      var answer = new ByteArrayOutputStream();
      try {
        reader.write(request(entity, body), language, answer);
      } catch (RuntimeException e) {
        throw new AssertionError(describe(entity, body, language), e);
      }
      var tree = JSON.readTree(answer.toByteArray());
      return StreamSupport.stream(tree.spliterator(), false).toList();
    }

    private ListRequest request(Entity entity, JsonNode body) {
      return parser.parse(entity, body);
    }

    private String describe(Entity entity, JsonNode body, Language language) {
      var sql = compiler.list(request(entity, body), language).sql();
      return "-Dbelfry.seed=%s\n%s %s in %s\n%s\n%s"
          .formatted(seed, entity.name(), body, language, sql.text(), sql.parameters());
    }

    @Override
    public void close() {
      pool.close();
      database.close();
    }
  }

  private static List<String> ids(List<? extends JsonNode> objects) {
    return objects.stream().map(object -> object.get("id").textValue()).toList();
  }

  private static final Comparator<JsonNode> SAME_NUMBERS =
      (a, b) -> {
        if (a.isNumber() && b.isNumber()) {
          return Double.compare(a.doubleValue(), b.doubleValue());
        }
        return a.equals(b) ? 0 : 1;
      };
}
