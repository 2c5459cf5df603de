package io.belfry.hypervisor;

import java.util.Locale;
import java.util.regex.Pattern;

/// The hardware address of a NIC, `52:54:00:12:34:56`; in lower case, however it was written.
public record MacAddress(String value) {
  private static final Pattern SIX_OCTETS = Pattern.compile("([0-9a-f]{2}:){5}[0-9a-f]{2}");

  public MacAddress {
    value = value.toLowerCase(Locale.ROOT);
    if (!SIX_OCTETS.matcher(value).matches()) {
      throw new IllegalArgumentException(
          "A MAC address is six octets like 52:54:00:12:34:56: " + value);
    }
  }

  @Override
  public String toString() {
    return value;
  }
}
