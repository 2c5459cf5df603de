package io.belfry.sdk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.Base64;
import java.util.List;
import java.util.function.UnaryOperator;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
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
    var factory = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
    factory.init(keys, PASSWORD);
    var tls = SSLContext.getInstance("TLS");
    tls.init(factory.getKeyManagers(), null, null);
    return tls;
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
        .withMessageContaining("verifySsl");
  }

  @Test
  void talksToAnybodyIfToldTo() {
    assertThat(vms(c -> c.verifySsl(false)).isArray()).isTrue();
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
  void trustsTheCertificatesOfAStore() throws IOException, GeneralSecurityException {
    var trusted = KeyStore.getInstance(KeyStore.getDefaultType());
    trusted.load(null, null);
    trusted.setCertificateEntry("server", keys.getCertificate("server"));

    assertThat(vms(c -> c.trust(trusted)).isArray()).isTrue();
  }

  @Test
  void saysWhichFileHoldsNoCertificate() throws IOException {
    var empty = Files.writeString(folder.resolve("empty.pem"), "");

    assertThatIllegalArgumentException()
        .isThrownBy(() -> Configuration.builder(server.url()).trustPem(empty))
        .withMessageContaining("empty.pem");
  }
}
