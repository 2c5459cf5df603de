package io.belfry.server.http;

import java.net.InetAddress;
import java.util.Optional;
import javax.net.ssl.SSLContext;

/// Where and how the server listens.
///
/// @param port 0 for any free one
/// @param tls the certificate and key to answer HTTPS with; plain HTTP without
public record HttpSettings(
    InetAddress address, int port, Optional<SSLContext> tls, HttpLimits limits) {

  /// Plain HTTP on a free port of the loopback interface.
  public static HttpSettings anyPort() {
    return new HttpSettings(
        InetAddress.getLoopbackAddress(), 0, Optional.empty(), HttpLimits.DEFAULT);
  }

  public HttpSettings with(HttpLimits others) {
    return new HttpSettings(address, port, tls, others);
  }
}
