package io.belfry.sdk;

import java.io.IOException;
import java.net.Socket;
import java.net.http.HttpClient;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.Collections;
import java.util.Set;
import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509ExtendedTrustManager;
import org.jspecify.annotations.Nullable;

/// Which servers to trust and what to show to them, in the terms of the JDK.
final class Tls {
  private Tls() {}

  /// Lets an HTTP client use what the configuration says, or no TLS at all where none of its hosts
  /// does: a starting program needn't load what TLS takes, which is as long as its first call.
  static void configure(HttpClient.Builder client, Configuration configuration) {
    if (configuration.hosts().stream().allMatch(host -> "http".equals(host.getScheme()))) {
      client.sslContext(new UnusedTls()).sslParameters(new SSLParameters());
    } else {
      client.sslContext(context(configuration));
    }
  }

  static SSLContext context(Configuration configuration) {
    var trust = configuration.trust();
    try {
      var context = SSLContext.getInstance("TLS");
      context.init(configuration.identity(), managers(trust), null);
      return context;
    } catch (GeneralSecurityException unusable) {
      throw new IllegalArgumentException("these certificates are of no use: " + trust, unusable);
    }
  }

  private static TrustManager @Nullable [] managers(Configuration.Trust trust)
      throws GeneralSecurityException {
    if (trust instanceof Configuration.Trust.Everybody) {
      return new TrustManager[] {new TrustByCheck(any -> {})};
    }
    if (trust instanceof Configuration.Trust.Pinned pinned) {
      return new TrustManager[] {
        new TrustByCheck(shown -> requirePinned(pinned.fingerprints(), shown))
      };
    }
    if (trust instanceof Configuration.Trust.Certificates certificates) {
      var factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
      factory.init(certificates.store());
      return factory.getTrustManagers();
    }
    return null;
  }

  static KeyStore readPem(Path file) {
    try (var text = Files.newInputStream(file)) {
      var store = KeyStore.getInstance(KeyStore.getDefaultType());
      store.load(null, null);
      for (var certificate : CertificateFactory.getInstance("X.509").generateCertificates(text)) {
        store.setCertificateEntry("certificate-" + store.size(), certificate);
      }
      if (store.size() == 0) {
        throw new IllegalArgumentException("there is no certificate in " + file);
      }
      return store;
    } catch (IOException | GeneralSecurityException unreadable) {
      throw new IllegalArgumentException("no PEM file of certificates: " + file, unreadable);
    }
  }

  /// The keys of a file.
  static KeyStore readKeys(Path pkcs12, char[] password) {
    try {
      return KeyStore.getInstance(pkcs12.toFile(), password);
    } catch (IOException | GeneralSecurityException unreadable) {
      throw new IllegalArgumentException(
          "no PKCS#12 file of keys, or another password: " + pkcs12, unreadable);
    }
  }

  /// What a client with these keys shows.
  static KeyManager[] identity(KeyStore keys, char[] password) {
    try {
      if (!hasKey(keys)) {
        throw new IllegalArgumentException("there is no private key for a client certificate");
      }
      var factory = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
      factory.init(keys, password);
      return factory.getKeyManagers();
    } catch (GeneralSecurityException unusable) {
      throw new IllegalArgumentException(
          "the keys of the client certificate can't be used with this password", unusable);
    }
  }

  private static boolean hasKey(KeyStore keys) throws GeneralSecurityException {
    for (var alias : Collections.list(keys.aliases())) {
      if (keys.isKeyEntry(alias)) {
        return true;
      }
    }
    return false;
  }

  private static void requirePinned(Set<Fingerprint> pins, X509Certificate shown)
      throws CertificateException {
    var fingerprint = Fingerprint.of(shown);
    if (!pins.contains(fingerprint)) {
      throw new CertificateException(
          "its certificate has the fingerprint %s, which is not pinned".formatted(fingerprint));
    }
  }

  /// What is asked of the certificate that a server shows.
  @FunctionalInterface
  private interface Check {
    void check(X509Certificate shown) throws CertificateException;
  }

  /// Looks at nothing but the server's own certificate. An "extended" one, because the JDK then
  /// leaves the comparison of host names to it as well.
  private static final class TrustByCheck extends X509ExtendedTrustManager {
    private final Check check;

    TrustByCheck(Check check) {
      this.check = check;
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type)
        throws CertificateException {
      check.check(chain[0]);
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type, Socket socket)
        throws CertificateException {
      check.check(chain[0]);
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type, SSLEngine engine)
        throws CertificateException {
      check.check(chain[0]);
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type)
        throws CertificateException {
      check.check(chain[0]);
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type, Socket socket)
        throws CertificateException {
      check.check(chain[0]);
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type, SSLEngine engine)
        throws CertificateException {
      check.check(chain[0]);
    }

    @Override
    public X509Certificate[] getAcceptedIssuers() {
      return new X509Certificate[0];
    }
  }
}
