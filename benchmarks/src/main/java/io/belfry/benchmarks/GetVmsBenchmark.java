package io.belfry.benchmarks;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.belfry.benchmarks.Benchmarks.Result;
import io.belfry.query.Language;
import io.belfry.query.ListRequestParser;
import io.belfry.query.QueryLimits;
import io.belfry.query.WhereParser;
import io.belfry.query.layout.Layout;
import io.belfry.query.sql.QueryCompiler;
import io.belfry.query.sql.Sql;
import io.belfry.schema.Schema;
import io.belfry.sdk.api.ClusterApi;
import io.belfry.sdk.model.Cluster;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/// Fifty VMs of a hundred thousand, by name, state and cluster, over HTTP; compared with pgbench
/// running the same SQL on the same database with as many connections.
final class GetVmsBenchmark implements Benchmarks.Benchmark {
  private static final int CLIENTS = 4;
  private static final Pattern TPS = Pattern.compile("tps = ([0-9.]+)");

  @Override
  public List<Result> run() throws Exception {
    var vms = Integer.getInteger("vms", 100_000);
    var directory = ServerProcess.temporaryDirectory();
    try (var server = ServerProcess.start(directory, "--simulate", vms + "-vms");
        var client = server.connect();
        var http = HttpClient.newHttpClient()) {
      var results = new ArrayList<Result>();
      results.add(
          Result.alone(
              String.format(Locale.ROOT, "first start with %,d VMs until ready", vms),
              "s",
              server.untilReady().toMillis() / 1e3));
      var clusters =
          new ClusterApi(client)
              .getClusters(q -> q.where(Cluster.NAME.contains("hci")).first(3)).stream()
                  .map(Cluster::id)
                  .toList();
      var body = body(clusters);
      var request =
          HttpRequest.newBuilder(URI.create(server.url() + "/get-vms"))
              .header("content-type", "application/json")
              .header("authorization", server.token())
              .POST(HttpRequest.BodyPublishers.ofString(body))
              .build();
      var ours =
          Load.perSecond(
              CLIENTS, () -> http.send(request, HttpResponse.BodyHandlers.ofByteArray()));
      var peer = pgbench(directory, literals(sql(body)));
      results.add(
          new Result(
              String.format(Locale.ROOT, "get-vms, 50 of %,d, %s clients", vms, CLIENTS),
              "requests/s",
              ours,
              "pgbench of its SQL",
              peer));
      return results;
    }
  }

  private static String body(List<String> clusters) {
    var ids = clusters.stream().map(id -> '"' + id + '"').collect(Collectors.joining(", "));
    return """
    {"where": {"name_contains": "web", "status": "RUNNING", "cluster": {"id_in": [%s]}},
     "orderBy": "name_ASC", "first": 50}
    """
        .formatted(ids);
  }

  private static Sql sql(String body) throws IOException {
    var schema = Schema.bundled();
    var wheres = new WhereParser(schema, QueryLimits.DEFAULT);
    var request =
        new ListRequestParser(schema, QueryLimits.DEFAULT, wheres)
            .parse(schema.entity("Vm"), new ObjectMapper().readTree(body));
    return new QueryCompiler(Layout.of(schema)).list(request, Language.EN_US).sql();
  }

  /// The statement with its parameters written into it.
  private static String literals(Sql sql) {
    var text = sql.text();
    for (var parameter : sql.parameters()) {
      text = text.replaceFirst("\\?", Matcher.quoteReplacement(literal(parameter)));
    }
    return text.replace('\n', ' ');
  }

  private static String literal(Object parameter) {
    return switch (parameter) {
      case Collection<?> texts ->
          texts.stream()
              .map(GetVmsBenchmark::literal)
              .collect(Collectors.joining(", ", "ARRAY[", "]::text[]"));
      case Number number -> number.toString();
      case Boolean flag -> flag.toString();
      default -> "'" + parameter.toString().replace("'", "''") + "'";
    };
  }

  /// Transactions per second of pgbench; NaN where there is no pgbench.
  private static double pgbench(Path directory, String sql) throws Exception {
    var program = Path.of("/usr/lib/postgresql/15/bin/pgbench");
    if (!Files.isExecutable(program)) {
      System.err.println("no pgbench here: install postgresql-contrib to compare with it");
      return Double.NaN;
    }
    var script = Files.writeString(directory.resolve("get-vms.sql"), sql + ";\n");
    var pid = Files.readAllLines(directory.resolve("postgres/postmaster.pid"));
    var builder =
        new ProcessBuilder(
            program.toString(),
            "-n",
            "-M",
            "simple",
            "-c",
            Integer.toString(CLIENTS),
            "-T",
            Long.toString(Load.length().toSeconds()),
            "-f",
            script.toString(),
            "-h",
            "127.0.0.1",
            "-p",
            pid.get(3).strip(),
            "-U",
            "belfry",
            "postgres");
    builder
        .environment()
        .put("PGPASSWORD", Files.readString(directory.resolve("postgres.secret")).strip());
    var output = new String(start(builder).getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    var tps = TPS.matcher(output);
    if (!tps.find()) {
      throw new IOException("pgbench said: " + output);
    }
    return Double.parseDouble(tps.group(1));
  }

  private static Process start(ProcessBuilder builder) throws IOException {
    return builder.redirectErrorStream(true).start();
  }
}
