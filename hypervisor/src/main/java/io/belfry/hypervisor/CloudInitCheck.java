package io.belfry.hypervisor;

import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Whether a definition's cloud-init configuration makes sense; the same for every driver.
public final class CloudInitCheck {
  private static final int MAX_PUBLIC_KEYS = 10;
  private static final int MAX_NAMESERVERS = 3;
  private static final int MAX_USER_DATA_BYTES = 32 * 1024;
  private static final Pattern HOSTNAME =
      Pattern.compile(
          "(?=.{1,253}$)[A-Za-z0-9]([A-Za-z0-9-]{0,61}[A-Za-z0-9])?"
              + "(\\.[A-Za-z0-9]([A-Za-z0-9-]{0,61}[A-Za-z0-9])?)*");

  private final VmDefinition vm;

  private CloudInitCheck(VmDefinition vm) {
    this.vm = vm;
  }

  /// Does nothing for a definition that has none.
  ///
  /// @throws HypervisorException [Fault.CloudInitInvalid] with the first field that is wrong
  public static void check(VmDefinition vm) {
    var cloudInit = vm.cloudInit();
    if (cloudInit != null) {
      new CloudInitCheck(vm).check(cloudInit);
    }
  }

  private void check(CloudInit cloudInit) {
    checkHostname(cloudInit.hostname());
    checkAtMost("nameservers", cloudInit.nameservers().size(), MAX_NAMESERVERS);
    checkAtMost("publicKeys", cloudInit.publicKeys().size(), MAX_PUBLIC_KEYS);
    checkUserData(cloudInit.userData());
    for (var i = 0; i < cloudInit.nameservers().size(); i++) {
      checkAddress("nameservers[" + i + "]", cloudInit.nameservers().get(i));
    }
    var nics = vm.devices(Device.Nic.class).size();
    var configured = new HashSet<Integer>();
    for (var i = 0; i < cloudInit.networks().size(); i++) {
      var field = "networks[" + i + "]";
      var network = cloudInit.networks().get(i);
      if (network.nicIndex() < 0 || network.nicIndex() >= nics) {
        throw wrong(
            field + ".nicIndex", "is %s, the VM has %s NICs".formatted(network.nicIndex(), nics));
      }
      if (!configured.add(network.nicIndex())) {
        throw wrong(field + ".nicIndex", "%s is configured twice".formatted(network.nicIndex()));
      }
      if (network instanceof CloudInit.Static fixed) {
        checkStatic(field, fixed);
      }
    }
  }

  private void checkHostname(@Nullable String hostname) {
    if (hostname != null && !HOSTNAME.matcher(hostname).matches()) {
      throw wrong(
          "hostname", "\"%s\" must be letters, digits and inner hyphens".formatted(hostname));
    }
  }

  private void checkUserData(@Nullable Secret userData) {
    if (userData != null) {
      var bytes = userData.value().getBytes(StandardCharsets.UTF_8).length;
      checkAtMost("bytes of userData", bytes, MAX_USER_DATA_BYTES);
    }
  }

  private void checkAtMost(String field, int count, int limit) {
    if (count > limit) {
      throw wrong(field, "are %s, at most %s are allowed".formatted(count, limit));
    }
  }

  private void checkStatic(String field, CloudInit.Static fixed) {
    checkAddress(field + ".address", fixed.address());
    checkNetmask(field + ".netmask", fixed.netmask());
    for (var i = 0; i < fixed.routes().size(); i++) {
      var route = fixed.routes().get(i);
      var routeField = field + ".routes[" + i + "]";
      checkAddress(routeField + ".network", route.network());
      checkNetmask(routeField + ".netmask", route.netmask());
      checkAddress(routeField + ".gateway", route.gateway());
    }
  }

  private void checkAddress(String field, String text) {
    if (Ipv4.parse(text).isEmpty()) {
      throw wrong(field, "\"%s\" must be an IPv4 address".formatted(text));
    }
  }

  private void checkNetmask(String field, String text) {
    if (Ipv4.parse(text).filter(Ipv4::isNetmask).isEmpty()) {
      throw wrong(field, "\"%s\" must be a netmask like 255.255.255.0".formatted(text));
    }
  }

  private HypervisorException wrong(String field, String reason) {
    return new Fault.CloudInitInvalid(vm.id(), field, reason).asException();
  }
}
