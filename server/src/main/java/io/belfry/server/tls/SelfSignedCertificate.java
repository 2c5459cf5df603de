package io.belfry.server.tls;

import static java.nio.file.StandardOpenOption.CREATE;
import static java.nio.file.StandardOpenOption.WRITE;

import io.belfry.problem.Problem;
import io.belfry.problem.ProblemCode;
import io.belfry.problem.ProblemException;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.security.spec.ECGenParameterSpec;
import java.time.Clock;
import java.time.Duration;
import java.util.Date;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.ExtendedKeyUsage;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.openssl.jcajce.JcaPEMWriter;
import org.bouncycastle.openssl.jcajce.JcaPKCS8Generator;
import org.bouncycastle.operator.OperatorException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

/// A certificate that signs itself, for this machine: `localhost`, `127.0.0.1`, and the address
/// that the server listens on. Made at the first start and kept, so that clients trust it once.
final class SelfSignedCertificate {
  private static final Duration VALIDITY = Duration.ofDays(825);
  private static final int SERIAL_BITS = 127;

  private SelfSignedCertificate() {}

  /// The files in this folder, made now if they are missing. Servers that start at the same time do
  /// so one after the other, or the key of one would stand beside the certificate of another.
  static synchronized TlsSource.Pem in(
      Path folder, String address, Clock clock, SecureRandom random) {
    var pem = new TlsSource.Pem(folder.resolve("tls.crt"), folder.resolve("tls.key"));
    if (isThere(pem)) {
      return pem;
    }
    try {
      Files.createDirectories(folder);
      try (var file = FileChannel.open(folder.resolve("tls.lock"), CREATE, WRITE);
          var _ = file.lock()) {
        if (!isThere(pem)) {
          var keys = keyPair(random);
          write(pem.key(), new JcaPKCS8Generator(keys.getPrivate(), null), "rw-------");
          write(pem.certificate(), certificate(keys, address, clock, random), "rw-r--r--");
        }
      }
      return pem;
    } catch (IOException e) {
      throw new ProblemException(
          new Problem(
              ProblemCode.PRECONDITION,
              "The self-signed certificate can't be kept in %s (%s): let this user write there"
                  .formatted(folder, e),
              Map.of("file", folder.toString())),
          e);
    }
  }

  private static boolean isThere(TlsSource.Pem pem) {
    return Files.exists(pem.certificate()) && Files.exists(pem.key());
  }

  private static KeyPair keyPair(SecureRandom random) {
    try {
      var generator = KeyPairGenerator.getInstance("EC");
      generator.initialize(new ECGenParameterSpec("secp256r1"), random);
      return generator.generateKeyPair();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java has P-256", e);
    }
  }

  private static X509Certificate certificate(
      KeyPair keys, String address, Clock clock, SecureRandom random) throws IOException {
    var now = clock.instant();
    var name = new X500Name("CN=Belfry");
    try {
      var builder =
          new JcaX509v3CertificateBuilder(
                  name,
                  new BigInteger(SERIAL_BITS, random),
                  Date.from(now.minus(Duration.ofHours(1))),
                  Date.from(now.plus(VALIDITY)),
                  name,
                  keys.getPublic())
              .addExtension(Extension.basicConstraints, true, new BasicConstraints(false))
              .addExtension(
                  Extension.extendedKeyUsage,
                  false,
                  new ExtendedKeyUsage(KeyPurposeId.id_kp_serverAuth))
              .addExtension(Extension.subjectAlternativeName, false, names(address));
      var signer = new JcaContentSignerBuilder("SHA256withECDSA").build(keys.getPrivate());
      return new JcaX509CertificateConverter().getCertificate(builder.build(signer));
    } catch (OperatorException | GeneralSecurityException e) {
      throw new IllegalStateException("a self-signed certificate can't be made", e);
    }
  }

  private static GeneralNames names(String address) {
    var names = new LinkedHashSet<>(List.of(dns("localhost"), ip("127.0.0.1"), ip("::1")));
    var isIp = address.matches("[0-9.]+") || address.contains(":");
    names.add(isIp ? ip(address) : dns(address));
    return new GeneralNames(names.toArray(GeneralName[]::new));
  }

  private static GeneralName dns(String name) {
    return new GeneralName(GeneralName.dNSName, name);
  }

  private static GeneralName ip(String address) {
    return new GeneralName(GeneralName.iPAddress, address);
  }

  private static void write(Path file, Object pem, String permissions) throws IOException {
    FileAttribute<?> mode =
        PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(permissions));
    Files.deleteIfExists(file);
    Files.createFile(file, mode);
    try (var writer = new JcaPEMWriter(Files.newBufferedWriter(file))) {
      writer.writeObject(pem);
    }
  }
}
