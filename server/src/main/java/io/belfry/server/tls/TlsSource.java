package io.belfry.server.tls;

import java.nio.file.Path;

/// Where the server's certificate and key come from.
public sealed interface TlsSource {

  /// A certificate of our own that signs itself, made once and kept in a folder. Clients must be
  /// told to trust it.
  ///
  /// @param address a name or network address that it is for, besides the machine's own
  record SelfSigned(Path folder, String address) implements TlsSource {}

  /// Files in PEM: the certificate with its chain, and its key without a passphrase.
  record Pem(Path certificate, Path key) implements TlsSource {}

  /// A PKCS#12 key store.
  ///
  /// @param password of the store and of the key in it
  record KeyStoreFile(Path file, String password) implements TlsSource {
    /// Without the password, which must not be logged.
    @Override
    public String toString() {
      return "KeyStoreFile[" + file + "]";
    }
  }
}
