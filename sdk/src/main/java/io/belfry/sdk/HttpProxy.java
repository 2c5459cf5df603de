package io.belfry.sdk;

import java.net.InetSocketAddress;
import java.net.ProxySelector;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The way to servers through a proxy. Immutable.
///
/// @param authorization tells the proxy who asks; absent if it lets anybody through
record HttpProxy(ProxySelector selector, @Nullable String authorization) {
  static final String HEADER = "Proxy-Authorization";

  /// Which ways of telling a proxy who asks Java doesn't use with https.
  private static final String DISABLED = "jdk.http.auth.tunneling.disabledSchemes";

  /// @param text `http://proxy.example:3128`, or `http://user:password@proxy.example:3128`, where
  ///   what is special in a URL is written as `%40`
  /// @throws IllegalArgumentException if it is anything else; what may hold a password is not
  ///   repeated
  static HttpProxy at(String text) {
    try {
      var address = new URI(text.strip());
      if ("http".equals(address.getScheme())
          && address.getHost() != null
          && address.getPort() > 0) {
        return new HttpProxy(
            ProxySelector.of(new InetSocketAddress(address.getHost(), address.getPort())),
            basic(address.getUserInfo()));
      }
    } catch (URISyntaxException notEvenAnAddress) {
      // said below
    }
    throw new IllegalArgumentException(
        "the proxy must be an address like http://proxy.example:3128 or"
            + " http://user:password@proxy.example:3128"
            + (text.contains("@") ? ", with @ in them as %40" : ", not " + text));
  }

  private static @Nullable String basic(@Nullable String user) {
    if (user == null) {
      return null;
    }
    var both = user.contains(":") ? user : user + ":";
    return "Basic " + Base64.getEncoder().encodeToString(both.getBytes(StandardCharsets.UTF_8));
  }

  /// Java leaves the password out, without a word, where its settings say so.
  ///
  /// @throws IllegalArgumentException if one of the servers could never be reached
  void requireUsableFor(List<URI> hosts) {
    if (authorization == null || !isBasicDisabled()) {
      return;
    }
    for (var host : hosts) {
      if ("https".equals(host.getScheme())) {
        throw new IllegalArgumentException(
            "Java doesn't tell a proxy before %s who asks, unless it is started with -D%s="
                .formatted(host, DISABLED));
      }
    }
  }

  /// Where nothing is set, Java's own file of settings disables it.
  private static boolean isBasicDisabled() {
    var schemes = System.getProperty(DISABLED, "Basic").split(",");
    return Arrays.stream(schemes).anyMatch(scheme -> scheme.strip().equalsIgnoreCase("Basic"));
  }

  /// Without the password.
  @Override
  public String toString() {
    return selector.toString();
  }
}
