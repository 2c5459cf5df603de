package io.belfry.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsParameters;
import com.sun.net.httpserver.HttpsServer;
import io.belfry.cli.shell.ExitCode;
import io.belfry.testing.BelfryServer;
import io.belfry.testing.ServerAccess;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@BelfryServer
final class LoginTest {
  private static final String FILE_PASSWORD = "secret-of-the-file";

  private final Shell shell = new Shell();
  private ServerAccess server;
  @TempDir private Path config;

  @BeforeEach
  void start(ServerAccess access) {
    server = access;
    shell.set("XDG_CONFIG_HOME", config.toString());
  }

  private Shell.Ran logIn(String... further) {
    var words = new String[5 + further.length];
    System.arraycopy(
        new String[] {"login", server.url(), "--user", server.username(), "--password-stdin"},
        0,
        words,
        0,
        5);
    System.arraycopy(further, 0, words, 5, further.length);
    return shell.input(server.password() + "\n").run(words);
  }

  @Test
  void keepsATokenForItsOwnerOnlyAndNeverThePassword() throws IOException {
    var ran = logIn();
    assertThat(ran.exitCode()).as(ran.err()).isEqualTo(ExitCode.OK);
    var file = config.resolve("belfry/127.0.0.1.properties");
    assertThat(Files.readString(file)).contains("token=").doesNotContain(server.password());
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
        .isEqualTo("rw-------");
    assertThat(shell.run("cluster", "count").exitCode()).isEqualTo(ExitCode.OK);
  }

  @Test
  void asksForWhatWasNotSaid() {
    var ran =
        shell.answer(server.url()).answer(server.username()).answer(server.password()).run("login");
    assertThat(ran.exitCode()).as(ran.err()).isEqualTo(ExitCode.OK);
    assertThat(shell.run("cluster", "count").exitCode()).isEqualTo(ExitCode.OK);
  }

  @Test
  void severalServersAreToldApartByName() {
    logIn("--context", "one");
    logIn("--context", "two");
    assertThat(shell.run("context", "list").lines())
        .containsExactly("  one  " + server.url(), "* two  " + server.url());
    shell.run("context", "use", "one");
    assertThat(shell.run("context", "list", "-o", "json").json().get(0).get("current").asBoolean())
        .isTrue();
    assertThat(shell.run("context", "show", "one").out())
        .contains(server.url())
        .doesNotContain("token");
    shell.run("context", "remove", "one");
    var without = shell.run("vm", "list");
    assertThat(without.exitCode()).isEqualTo(ExitCode.UNAUTHORIZED);
    assertThat(without.err()).contains("belfry login");
    assertThat(shell.run("cluster", "count", "--context", "two").exitCode()).isEqualTo(ExitCode.OK);
    assertThat(shell.run("cluster", "count", "--context", "three").err())
        .contains("no context 'three', only two");
  }

  @Test
  void aServerFromTheEnvironmentIsNotSentTheTokenOfAnother() {
    logIn();
    var ran = shell.set("BELFRY_URL", server.url()).run("cluster", "count");
    assertThat(ran.exitCode()).isEqualTo(ExitCode.USAGE);
    assertThat(ran.err()).contains("BELFRY_USER");
  }

  @Test
  void wrongPasswordsKeepNothing() {
    var ran = shell.answer("wrong").run("login", server.url(), "--user", server.username());
    assertThat(ran.exitCode()).isIn(ExitCode.UNAUTHORIZED, ExitCode.REFUSED);
    assertThat(config).isEmptyDirectory();
    assertThat(shell.run("login", "--user", "x").err()).contains("nobody can be asked");
  }

  @ParameterizedTest
  @CsvSource({
    "--proxy, nonsense, BELFRY_PROXY",
    "--proxy, http://127.0.0.1:1, no connection",
    "--proxy, http://ada:secret@proxy:1, by BELFRY_PROXY",
    "--pin-certificate, AB:CD, BELFRY_PIN_CERTIFICATE",
    "--trust-pem, none.pem, BELFRY_TRUST_PEM",
    "--client-certificate, none.p12, nobody can be asked for the password of"
  })
  void waysThatLeadNowhereKeepNothing(String option, String value, String said) {
    var ran = logIn(option, value);
    assertThat(ran.exitCode()).isNotEqualTo(ExitCode.OK);
    assertThat(ran.err()).contains(said);
    assertThat(config).isEmptyDirectory();
  }

  @Test
  void keepsWhichCertificateToShowFromEverywhere(@TempDir Path folder) throws Exception {
    var file = certificate(folder);
    var server = startForHoldersOf(file);
    var url = "https://127.0.0.1:%s".formatted(server.getAddress().getPort());
    var here = Path.of("").toAbsolutePath();
    try {
      var ran =
          shell
              .set("BELFRY_USER", "root")
              .answer(FILE_PASSWORD)
              .answer("password")
              .run(
                  "login",
                  url,
                  "--insecure",
                  "--client-certificate",
                  here.relativize(file).toString());

      assertThat(ran.exitCode()).as(ran.err()).isEqualTo(ExitCode.OK);
      assertThat(shell.run("cluster", "count").out()).isEqualTo("7\n");
      assertThat(shell.run("context", "show", "127.0.0.1").out())
          .contains(file.toString())
          .doesNotContain(FILE_PASSWORD)
          .doesNotContain("token");
    } finally {
      server.stop(0);
    }
  }

  /// @return a PKCS#12 file
  private static Path certificate(Path folder) throws IOException, InterruptedException {
    var file = folder.resolve("me.p12");
    var keytool = Path.of(System.getProperty("java.home"), "bin", "keytool").toString();
    var words =
        "%s -genkeypair -alias me -keyalg EC -dname CN=me -storetype PKCS12 -storepass %s -keystore %s"
            .formatted(keytool, FILE_PASSWORD, file);
    assertThat(new ProcessBuilder(words.split(" ")).start().waitFor()).isZero();
    return file;
  }

  /// A tower with seven clusters that talks only to who has the same certificate as it.
  private static HttpsServer startForHoldersOf(Path certificate)
      throws IOException, GeneralSecurityException {
    var keys = KeyStore.getInstance(certificate.toFile(), FILE_PASSWORD.toCharArray());
    var own = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
    own.init(keys, FILE_PASSWORD.toCharArray());
    var trusted = KeyStore.getInstance(KeyStore.getDefaultType());
    trusted.load(null, null);
    trusted.setCertificateEntry("me", keys.getCertificate("me"));
    var trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    trust.init(trusted);
    var tls = SSLContext.getInstance("TLS");
    tls.init(own.getKeyManagers(), trust.getTrustManagers(), null);

    var server = HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setHttpsConfigurator(
        new HttpsConfigurator(tls) {
          @Override
          public void configure(HttpsParameters parameters) {
            var needed = tls.getDefaultSSLParameters();
            needed.setNeedClientAuth(true);
            parameters.setSSLParameters(needed);
          }
        });
    answer(server, "login", "{\"task_id\": null, \"data\": {\"token\": \"t\"}}");
    answer(server, "get-clusters-connection", "{\"aggregate\": {\"count\": 7}}");
    server.start();
    return server;
  }

  private static void answer(HttpsServer server, String operation, String json) {
    server.createContext(
        "/v2/api/" + operation,
        exchange -> {
          try (exchange) {
            var body = json.getBytes(StandardCharsets.UTF_8);
            exchange.getRequestBody().readAllBytes();
            exchange.getResponseHeaders().set("content-type", "application/json");
            exchange.sendResponseHeaders(200, body.length);
            exchange.getResponseBody().write(body);
          }
        });
  }

  @Test
  void variablesSayWhatNoOptionDoes() {
    shell.set("BELFRY_PROXY", "nonsense");

    assertThat(logIn().err()).contains("BELFRY_PROXY");
    assertThat(logIn("--proxy", "http://127.0.0.1:1").err()).contains("no connection");
  }

  @Test
  void showsNoPasswordOfAProxy() throws IOException {
    var file = Files.createDirectories(config.resolve("belfry")).resolve("lab.properties");
    Files.writeString(file, "url=http://lab.example\nproxy=http://ada:sec%40ret@proxy:3128\n");

    assertThat(shell.run("context", "show", "lab").out())
        .contains("http://proxy:3128")
        .doesNotContain("ada");
  }

  @Test
  void pinsAreNotForPlainConnections() {
    var ran = logIn("--pin-certificate", "00".repeat(32));
    assertThat(ran.exitCode()).isEqualTo(ExitCode.USAGE);
    assertThat(ran.err()).contains("https");
    assertThat(config).isEmptyDirectory();
  }
}
