package io.belfry.sdk;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.cert.CertificateEncodingException;
import java.security.cert.X509Certificate;
import java.util.HexFormat;
import java.util.Locale;
import java.util.regex.Pattern;

/// The SHA-256 of a certificate or a file.
///
/// @param hex 64 lower-case digits
record Fingerprint(String hex) {
  private static final HexFormat SHOWN = HexFormat.ofDelimiter(":").withUpperCase();
  private static final Pattern SHA_256 = Pattern.compile("[0-9a-f]{64}");

  /// @param owner what it should be the fingerprint of, for the message
  /// @throws IllegalArgumentException if it is no SHA-256
  static Fingerprint parse(String owner, String text) {
    var hex = text.strip().replace(":", "").toLowerCase(Locale.ROOT);
    if (!SHA_256.matcher(hex).matches()) {
      throw new IllegalArgumentException(
          "%s's fingerprint must be a SHA-256, 64 hexadecimal digits with or without colons, not %s"
              .formatted(owner, text));
    }
    return new Fingerprint(hex);
  }

  static Fingerprint of(X509Certificate certificate) {
    try {
      return of(sha256().digest(certificate.getEncoded()));
    } catch (CertificateEncodingException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  /// @param content is read to its end, and left open
  static Fingerprint of(InputStream content) throws IOException {
    var digest = sha256();
    content.transferTo(new DigestOutputStream(OutputStream.nullOutputStream(), digest));
    return of(digest.digest());
  }

  private static Fingerprint of(byte[] digest) {
    return new Fingerprint(HexFormat.of().formatHex(digest));
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  /// As OpenSSL prints it.
  @Override
  public String toString() {
    return SHOWN.formatHex(HexFormat.of().parseHex(hex));
  }
}
