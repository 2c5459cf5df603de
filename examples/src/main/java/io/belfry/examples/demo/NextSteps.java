package io.belfry.examples.demo;

import io.belfry.examples.Server;

/// What to try after the tour.
final class NextSteps {
  private NextSteps() {}

  static String text(Server server) {
    return """

    What to try next; the password of %2$s is the one that the server was started with, or that
    it wrote to the file root-password in its data directory.

      export BELFRY_URL=%1$s BELFRY_USER=%2$s BELFRY_PASSWORD=...

    curl
      TOKEN=$(curl -s $BELFRY_URL/login -H 'content-type: application/json' \\
        -d "{\\"username\\": \\"$BELFRY_USER\\", \\"password\\": \\"$BELFRY_PASSWORD\\"}" \\
        | sed 's/.*"token" *: *"\\([^"]*\\)".*/\\1/')
      curl -s $BELFRY_URL/get-vms -H "Authorization: $TOKEN" -H 'content-type: application/json' \\
        -d '{"where": {"status": "RUNNING", "vcpu_gt": 4}, "first": 3}'

    Java
      try (var client = ApiClient.connect("%1$s", Credentials.local("%2$s", password))) {
        List<Vm> vms = new VmApi(client).getVms(Vm.STATUS.is(VmStatus.RUNNING));
      }
      Each of the guide's samples is a small program in the module examples:
      java -cp 'distribution/target/lib/*' io.belfry.examples.vm.find.FindRunningVms

    Python, with the official SDK: pip install cloudtower-sdk
      from cloudtower import ApiClient, Configuration, VmApi
      from cloudtower.utils import login
      client = ApiClient(Configuration(host="%1$s"))
      login(client, "%2$s", password)
      print([vm.name for vm in VmApi(client).get_vms({"where": {"status": "RUNNING"}})])
    """
        .formatted(server.url(), server.user());
  }
}
