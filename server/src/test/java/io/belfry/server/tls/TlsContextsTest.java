package io.belfry.server.tls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.belfry.problem.ProblemException;
import io.belfry.server.http.Answer;
import io.belfry.server.http.HttpLimits;
import io.belfry.server.http.HttpServer;
import io.belfry.server.http.HttpSettings;
import io.belfry.server.http.Route;
import io.belfry.server.observe.RequestListeners;
import java.net.InetAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.KeyStore;
import java.security.SecureRandom;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TlsContextsTest {
  @TempDir Path folder;

  @Test
  void answersHttpsWithACertificateOfItsOwn() throws Exception {
    var context = context(new TlsSource.SelfSigned(folder, "127.0.0.1"));

    assertThat(answer(context, certificate())).isEqualTo("secret hello");
    assertThat(
            PosixFilePermissions.toString(Files.getPosixFilePermissions(folder.resolve("tls.key"))))
        .isEqualTo("rw-------");
  }

  @Test
  void keepsItsCertificate() throws Exception {
    context(new TlsSource.SelfSigned(folder, "127.0.0.1"));
    var first = certificate();
    context(new TlsSource.SelfSigned(folder, "127.0.0.1"));

    assertThat(certificate()).isEqualTo(first);
  }

  @Test
  void takesAKeyStore() throws Exception {
    var pem = SelfSignedCertificate.in(folder, "127.0.0.1", Clock.systemUTC(), new SecureRandom());
    var file = folder.resolve("store.p12");
    writeStore(pem, file);

    var context = context(new TlsSource.KeyStoreFile(file, "changeit"));

    assertThat(answer(context, certificate())).isEqualTo("secret hello");
  }

  @Test
  void namesAFileThatHoldsNoKey() throws Exception {
    var pem = SelfSignedCertificate.in(folder, "127.0.0.1", Clock.systemUTC(), new SecureRandom());
    var empty = Files.writeString(folder.resolve("empty.key"), "");

    assertThatThrownBy(() -> context(new TlsSource.Pem(pem.certificate(), empty)))
        .isInstanceOf(ProblemException.class)
        .hasMessageContaining("empty.key holds no key");
  }

  private static SSLContext context(TlsSource source) {
    return TlsContexts.of(source, Clock.systemUTC(), new SecureRandom());
  }

  private Certificate certificate() throws Exception {
    try (var in = Files.newInputStream(folder.resolve("tls.crt"))) {
      return CertificateFactory.getInstance("X.509").generateCertificate(in);
    }
  }

  private static void writeStore(TlsSource.Pem pem, Path file) throws Exception {
    var store = KeyStore.getInstance("PKCS12");
    store.load(null, null);
    store.setKeyEntry(
        "server",
        TlsContexts.key(pem.key()),
        "changeit".toCharArray(),
        TlsContexts.certificates(pem.certificate()).toArray(Certificate[]::new));
    try (var out = Files.newOutputStream(file)) {
      store.store(out, "changeit".toCharArray());
    }
  }

  private static String answer(SSLContext context, Certificate trusted) throws Exception {
    var settings =
        new HttpSettings(
            InetAddress.getLoopbackAddress(), 0, Optional.of(context), HttpLimits.DEFAULT);
    try (var server =
            HttpServer.start(
                settings,
                path -> Route.page(path, _ -> Answer.text("text/plain", "secret hello")),
                new RequestListeners(List.of()),
                () -> "request");
        var client = HttpClient.newBuilder().sslContext(trusting(trusted)).build()) {
      var uri = URI.create("https://127.0.0.1:" + server.port() + "/");
      return client.send(HttpRequest.newBuilder(uri).build(), BodyHandlers.ofString()).body();
    }
  }

  private static SSLContext trusting(Certificate certificate) throws Exception {
    var store = KeyStore.getInstance("PKCS12");
    store.load(null, null);
    store.setCertificateEntry("server", certificate);
    var trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    trust.init(store);
    var context = SSLContext.getInstance("TLS");
    context.init(null, trust.getTrustManagers(), null);
    return context;
  }
}
