package io.belfry.server.tls;

import io.belfry.problem.Problem;
import io.belfry.problem.ProblemCode;
import io.belfry.problem.ProblemException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.SecureRandom;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import org.bouncycastle.asn1.pkcs.PrivateKeyInfo;
import org.bouncycastle.openssl.PEMKeyPair;
import org.bouncycastle.openssl.PEMParser;
import org.bouncycastle.openssl.jcajce.JcaPEMKeyConverter;
import org.jspecify.annotations.Nullable;

/// Makes TLS contexts from certificates and keys.
public final class TlsContexts {
  private static final char[] NO_PASSWORD = {};

  private TlsContexts() {}

  /// The context to listen with.
  ///
  /// @throws ProblemException naming the file that is missing or isn't what it should be
  public static SSLContext of(TlsSource source, Clock clock, SecureRandom random) {
    return switch (source) {
      case TlsSource.Pem(var certificate, var key) ->
          context(keyStore(key(key), certificates(certificate), certificate), NO_PASSWORD);
      case TlsSource.KeyStoreFile(var file, var password) ->
          context(keyStore(file, password.toCharArray()), password.toCharArray());
      case TlsSource.SelfSigned(var folder, var address) -> {
        var pem = SelfSignedCertificate.in(folder, address, clock, random);
        yield of(pem, clock, random);
      }
    };
  }

  private static SSLContext context(KeyStore keys, char[] password) {
    try {
      var keyManagers = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
      keyManagers.init(keys, password);
      var context = SSLContext.getInstance("TLS");
      context.init(keyManagers.getKeyManagers(), null, null);
      return context;
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("the certificate and key can't be used", e);
    }
  }

  private static KeyStore keyStore(PrivateKey key, List<Certificate> chain, Path file) {
    if (chain.isEmpty()) {
      throw unusable(file, "holds no certificate", null);
    }
    try {
      var keys = KeyStore.getInstance("PKCS12");
      keys.load(null, NO_PASSWORD);
      keys.setKeyEntry("server", key, NO_PASSWORD, chain.toArray(Certificate[]::new));
      return keys;
    } catch (GeneralSecurityException | IOException e) {
      throw unusable(file, "can't be used: " + e.getMessage(), e);
    }
  }

  private static KeyStore keyStore(Path file, char[] password) {
    try (var in = Files.newInputStream(file)) {
      var keys = KeyStore.getInstance("PKCS12");
      keys.load(in, password);
      return keys;
    } catch (GeneralSecurityException | IOException e) {
      throw unusable(file, "is no PKCS#12 key store with this password: " + e.getMessage(), e);
    }
  }

  static List<Certificate> certificates(Path file) {
    try (var in = Files.newInputStream(file)) {
      return List.copyOf(CertificateFactory.getInstance("X.509").generateCertificates(in));
    } catch (GeneralSecurityException | IOException e) {
      throw unusable(file, "holds no certificate in PEM: " + e, e);
    }
  }

  static PrivateKey key(Path file) {
    try (var pem = new PEMParser(Files.newBufferedReader(file))) {
      var converter = new JcaPEMKeyConverter();
      return switch (pem.readObject()) {
        case PrivateKeyInfo info -> converter.getPrivateKey(info);
        case PEMKeyPair pair -> converter.getKeyPair(pair).getPrivate();
        case null -> throw unusable(file, "holds no key in PEM", null);
        default ->
            throw unusable(file, "must hold a private key in PEM that needs no passphrase", null);
      };
    } catch (IOException e) {
      throw unusable(file, "holds no key in PEM: " + e, e);
    }
  }

  private static ProblemException unusable(Path file, String why, @Nullable Exception cause) {
    var problem =
        new Problem(ProblemCode.PRECONDITION, file + " " + why, Map.of("file", file.toString()));
    return cause == null ? problem.asException() : new ProblemException(problem, cause);
  }
}
