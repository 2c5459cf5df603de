package io.belfry.hypervisor;

import java.util.Optional;
import java.util.regex.Pattern;

/// An IPv4 address or netmask.
public record Ipv4(int bits) {
  private static final Pattern OCTET = Pattern.compile("0|[1-9][0-9]{0,2}");

  /// Reads `192.168.100.21`; empty when it is something else. Never asks a name server.
  public static Optional<Ipv4> parse(String text) {
    var octets = text.split("\\.", -1);
    if (octets.length != 4) {
      return Optional.empty();
    }
    var bits = 0;
    for (var octet : octets) {
      if (!OCTET.matcher(octet).matches() || Integer.parseInt(octet) > 255) {
        return Optional.empty();
      }
      bits = (bits << 8) | Integer.parseInt(octet);
    }
    return Optional.of(new Ipv4(bits));
  }

  /// The mask with so many ones in front.
  public static Ipv4 netmask(int ones) {
    return new Ipv4(ones == 0 ? 0 : -1 << (32 - ones));
  }

  /// Whether this is some ones followed by zeros only.
  public boolean isNetmask() {
    return (~bits & (~bits + 1)) == 0;
  }

  @Override
  public String toString() {
    return "%s.%s.%s.%s".formatted(bits >>> 24, (bits >> 16) & 255, (bits >> 8) & 255, bits & 255);
  }
}
