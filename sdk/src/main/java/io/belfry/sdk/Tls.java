package io.belfry.sdk;

import java.io.IOException;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509ExtendedTrustManager;
import org.jspecify.annotations.Nullable;

/// Which servers to trust, in the terms of the JDK.
final class Tls {
  private Tls() {}

  static SSLContext context(Configuration.Trust trust) {
    try {
      var context = SSLContext.getInstance("TLS");
      context.init(null, managers(trust), null);
      return context;
    } catch (GeneralSecurityException unusable) {
      throw new IllegalArgumentException("these certificates are of no use: " + trust, unusable);
    }
  }

  private static TrustManager @Nullable [] managers(Configuration.Trust trust)
      throws GeneralSecurityException {
    if (trust instanceof Configuration.Trust.Everybody) {
      return new TrustManager[] {new TrustEverybody()};
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

  /// An "extended" one, because the JDK then leaves the comparison of host names to it as well.
  private static final class TrustEverybody extends X509ExtendedTrustManager {
    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type) {}

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type, Socket socket) {}

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type, SSLEngine engine) {}

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type) {}

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type, Socket socket) {}

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type, SSLEngine engine) {}

    @Override
    public X509Certificate[] getAcceptedIssuers() {
      return new X509Certificate[0];
    }
  }
}
