package io.belfry.sdk;

import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.cert.X509Certificate;
import java.util.HexFormat;
import java.util.Locale;
import java.util.regex.Pattern;

/// The SHA-256 of a certificate.
///
/// @param hex 64 lower-case digits
record Fingerprint(String hex) {
  private static final HexFormat SHOWN = HexFormat.ofDelimiter(":").withUpperCase();
  private static final Pattern SHA_256 = Pattern.compile("[0-9a-f]{64}");

  static Fingerprint parse(String text) {
    var hex = text.strip().replace(":", "").toLowerCase(Locale.ROOT);
    if (!SHA_256.matcher(hex).matches()) {
      throw new IllegalArgumentException(
          "a certificate's fingerprint must be a SHA-256, 64 hexadecimal digits with or without"
              + " colons, not "
              + text);
    }
    return new Fingerprint(hex);
  }

  static Fingerprint of(X509Certificate certificate) {
    try {
      var digest = MessageDigest.getInstance("SHA-256").digest(certificate.getEncoded());
      return new Fingerprint(HexFormat.of().formatHex(digest));
    } catch (GeneralSecurityException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  /// As OpenSSL prints it.
  @Override
  public String toString() {
    return SHOWN.formatHex(HexFormat.of().parseHex(hex));
  }
}
