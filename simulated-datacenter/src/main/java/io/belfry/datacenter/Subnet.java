package io.belfry.datacenter;

/// The addresses of a network with twenty bits of prefix, given in order.
final class Subnet {
  static final String MASK = "255.255.240.0";

  /// Those below are for routers and servers.
  private static final int FIRST = 21;

  private static final int LIMIT = 1 << 12;

  private final int prefix;
  private int next = FIRST;

  Subnet(int prefix) {
    this.prefix = prefix;
  }

  String gateway() {
    return text(prefix + 1);
  }

  /// An address that nobody has.
  String next() {
    if (next == LIMIT - 1) {
      throw new IllegalStateException("no address is left behind " + gateway());
    }
    return text(prefix + next++);
  }

  private static String text(int address) {
    return "%s.%s.%s.%s"
        .formatted(address >>> 24, address >>> 16 & 0xff, address >>> 8 & 0xff, address & 0xff);
  }
}
