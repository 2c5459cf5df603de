package io.belfry.sdk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The server's certificate is signed by nobody but itself.
final class TlsTest {
  private static final char[] PASSWORD = "password".toCharArray();

  @TempDir static Path folder;

  private static KeyStore keys;
  private static KeyStore foreignKeys;

  private TestServer server;

  @BeforeAll
  static void makeKeys() throws IOException, GeneralSecurityException, InterruptedException {
    keys = newKeys("localhost");
    foreignKeys = newKeys("tower.example");
  }

  @BeforeEach
  void start() throws GeneralSecurityException {
    server = TestServer.startWithTls(tls(keys)).on("get-vms", "[]");
  }

  @AfterEach
  void stop() {
    server.close();
  }

  private static KeyStore newKeys(String host)
      throws IOException, GeneralSecurityException, InterruptedException {
    var file = folder.resolve(host + ".p12");
    var keytool = Path.of(System.getProperty("java.home"), "bin", "keytool").toString();
    var process =
        new ProcessBuilder(
                List.of(
                    keytool,
                    "-genkeypair",
                    "-alias",
                    "server",
                    "-keyalg",
                    "EC",
                    "-dname",
                    "CN=test",
                    "-ext",
                    "san=dns:" + host,
                    "-storetype",
                    "PKCS12",
                    "-storepass",
                    "password",
                    "-keystore",
                    file.toString()))
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .start();
    assertThat(process.waitFor()).isZero();
    return KeyStore.getInstance(file.toFile(), PASSWORD);
  }

  private static SSLContext tls(KeyStore keys) throws GeneralSecurityException {
    return tls(keys, keys);
  }

  /// @param clients whose certificates are trusted
  private static SSLContext tls(KeyStore keys, KeyStore clients) throws GeneralSecurityException {
    var factory = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
    factory.init(keys, PASSWORD);
    var tls = SSLContext.getInstance("TLS");
    var trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    trust.init(trusting(clients));
    tls.init(factory.getKeyManagers(), trust.getTrustManagers(), null);
    return tls;
  }

  private static KeyStore trusting(KeyStore keys) throws GeneralSecurityException {
    try {
      var trusted = KeyStore.getInstance(KeyStore.getDefaultType());
      trusted.load(null, null);
      trusted.setCertificateEntry("server", keys.getCertificate("server"));
      return trusted;
    } catch (IOException impossible) {
      throw new UncheckedIOException(impossible);
    }
  }

  private Json vms(UnaryOperator<Configuration.Builder> trust) {
    var configuration = trust.apply(Configuration.builder(server.url())).build();
    try (var client = ApiClient.builder(configuration).token("token").build()) {
      return client.call("get-vms", Json.object());
    }
  }

  @Test
  void doesNotTalkToAStranger() {
    assertThatExceptionOfType(NoAnswerException.class)
        .isThrownBy(() -> vms(c -> c))
        .withMessageContaining("is not trusted")
        .withMessageContaining("pinCertificate");
  }

  @Test
  void talksToAnybodyIfToldTo() {
    assertThat(vms(c -> c.verifySsl(false)).isArray()).isTrue();
  }

  @Test
  void warnsThatItTalksToAnybody() {
    var said = new ArrayList<String>();
    var handler =
        new Handler() {
          @Override
          public void publish(LogRecord line) {
            said.add(line.getLevel() + " " + line.getMessage());
          }

          @Override
          public void flush() {}

          @Override
          public void close() {}
        };
    var log = Logger.getLogger("io.belfry.sdk");
    log.addHandler(handler);
    try {
      vms(c -> c.verifySsl(false));
    } finally {
      log.removeHandler(handler);
    }

    assertThat(said).singleElement().asString().startsWith("WARNING").contains("pinCertificate");
  }

  @Test
  void talksToAnybodyUnderAnyNameIfToldTo() throws GeneralSecurityException {
    server.close();
    server = TestServer.startWithTls(tls(foreignKeys)).on("get-vms", "[]");

    assertThat(vms(c -> c.verifySsl(false)).isArray()).isTrue();
  }

  @Test
  void trustsTheCertificatesOfAFile() throws IOException, GeneralSecurityException {
    var pem = folder.resolve("server.pem");
    Files.writeString(
        pem,
        "-----BEGIN CERTIFICATE-----\n%s\n-----END CERTIFICATE-----\n"
            .formatted(
                Base64.getMimeEncoder()
                    .encodeToString(keys.getCertificate("server").getEncoded())));

    assertThat(vms(c -> c.trustPem(pem)).isArray()).isTrue();
  }

  @Test
  void trustsTheCertificatesOfAStore() throws GeneralSecurityException {
    var trusted = trusting(keys);

    assertThat(vms(c -> c.trust(trusted)).isArray()).isTrue();
  }

  @Test
  void trustsThePinnedCertificateUnderAnyName() throws GeneralSecurityException {
    server.close();
    server = TestServer.startWithTls(tls(foreignKeys)).on("get-vms", "[]");
    var pin = fingerprint(foreignKeys);

    assertThat(vms(c -> c.pinCertificate(pin)).isArray()).isTrue();
    assertThat(vms(c -> c.pinCertificate(pin.replace(":", "").toLowerCase(Locale.ROOT))).isArray())
        .isTrue();
  }

  @Test
  void trustsEachOfSeveralPins() throws GeneralSecurityException {
    var pin = fingerprint(keys);
    var other = fingerprint(foreignKeys);

    assertThat(vms(c -> c.pinCertificate(pin).pinCertificate(other)).isArray()).isTrue();
  }

  @Test
  void saysWhichCertificateIsNotPinned() throws GeneralSecurityException {
    var other = fingerprint(foreignKeys);

    assertThatExceptionOfType(NoAnswerException.class)
        .isThrownBy(() -> vms(c -> c.pinCertificate(other)))
        .withMessageContaining("fingerprint " + fingerprint(keys));
  }

  @Test
  void refusesToPinWhereNoCertificateIsShown() throws GeneralSecurityException {
    var plain = Configuration.builder("http://tower.example/v2/api");
    plain.pinCertificate(fingerprint(keys));

    assertThatIllegalArgumentException()
        .isThrownBy(plain::build)
        .withMessageContaining("http://tower.example")
        .withMessageContaining("https");
  }

  @Test
  void refusesWhatIsNoFingerprint() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Configuration.builder(server.url()).pinCertificate("AB:CD"))
        .withMessageContaining("SHA-256")
        .withMessageContaining("AB:CD");
  }

  @Test
  void showsItsCertificateToServersThatAsk() throws GeneralSecurityException {
    server.close();
    server = TestServer.startForKnownClients(tls(keys, foreignKeys)).on("get-vms", "[]");
    var file = folder.resolve("tower.example.p12");
    var pin = fingerprint(keys);

    assertThat(vms(c -> c.pinCertificate(pin).clientCertificate(file, PASSWORD)).isArray())
        .isTrue();
    assertThatExceptionOfType(NoAnswerException.class)
        .isThrownBy(() -> vms(c -> c.pinCertificate(pin)));
  }

  @Test
  void showsTheCertificateThatAProfileNames() throws GeneralSecurityException {
    server.close();
    server = TestServer.startForKnownClients(tls(keys, foreignKeys)).on("get-vms", "[]");
    var profile =
        Profile.of(
            Map.of(
                "BELFRY_URL", server.url(),
                "BELFRY_TOKEN", "token",
                "BELFRY_PIN_CERTIFICATE", fingerprint(keys),
                "BELFRY_CLIENT_CERTIFICATE", folder.resolve("tower.example.p12").toString(),
                "BELFRY_CLIENT_CERTIFICATE_PASSWORD", String.valueOf(PASSWORD)));

    try (var client = ApiClient.connect(profile.configuration(), profile.credentials())) {
      assertThat(client.call("get-vms", Json.object()).isArray()).isTrue();
    }
  }

  @Test
  void callsThroughATunnel() throws GeneralSecurityException {
    var pin = fingerprint(keys);
    try (var proxy = TunnelProxy.start(null)) {
      var address = "http://localhost:" + proxy.port();

      assertThat(vms(c -> c.pinCertificate(pin).proxy(address)).isArray()).isTrue();

      assertThat(proxy.asked())
          .containsExactly("CONNECT " + URI.create(server.url()).getAuthority());
    }
  }

  @Test
  void tellsTheProxyWhoAsksAndNobodyElse() throws GeneralSecurityException {
    var pin = fingerprint(keys);
    try (var proxy = TunnelProxy.start("Basic YWRhOnBAc3N3b3Jk")) { // ada:p@ssword
      var address = "http://ada:p%%40ssword@localhost:%s".formatted(proxy.port());

      assertThat(vms(c -> c.pinCertificate(pin).proxy(address)).isArray()).isTrue();

      assertThat(server.lastCall().headers()).doesNotContainKey("Proxy-authorization");
    }
  }

  @Test
  void saysWhatTheProxyWants() throws GeneralSecurityException {
    var pin = fingerprint(keys);
    try (var proxy = TunnelProxy.start("Basic YWRhOnBAc3N3b3Jk")) {
      var address = "http://localhost:" + proxy.port();

      assertThatExceptionOfType(ApiException.class)
          .isThrownBy(() -> vms(c -> c.pinCertificate(pin).proxy(address)))
          .withMessageContaining("the proxy wants to know who asks");
    }
  }

  @Test
  void saysWhichFileOfKeysCannotBeRead() {
    var file = folder.resolve("tower.example.p12");

    assertThatIllegalArgumentException()
        .isThrownBy(() ->
            Configuration.builder(server.url()).clientCertificate(file, "other".toCharArray()))
        .withMessageContaining("tower.example.p12");
  }

  @Test
  void refusesKeysWithoutAKey() throws IOException, GeneralSecurityException {
    var none = KeyStore.getInstance(KeyStore.getDefaultType());
    none.load(null, null);

    assertThatIllegalArgumentException()
        .isThrownBy(() -> Configuration.builder(server.url()).clientCertificate(none, PASSWORD))
        .withMessageContaining("no private key");
  }

  private static String fingerprint(KeyStore keys) throws GeneralSecurityException {
    var certificate = keys.getCertificate("server").getEncoded();
    var digest = MessageDigest.getInstance("SHA-256").digest(certificate);
    return HexFormat.ofDelimiter(":").withUpperCase().formatHex(digest);
  }

  @Test
  void saysWhichFileHoldsNoCertificate() throws IOException {
    var empty = Files.writeString(folder.resolve("empty.pem"), "");

    assertThatIllegalArgumentException()
        .isThrownBy(() -> Configuration.builder(server.url()).trustPem(empty))
        .withMessageContaining("empty.pem");
  }
}
