package io.belfry.operations.gpu;

import io.belfry.operations.Inquiry;
import java.util.List;

/// The inquiries about GPUs that are built.
public final class GpuInquiries {
  private GpuInquiries() {}

  public static List<Inquiry> all() {
    return List.of(new GetDetailVmInfoByGpuDevices(), new GetVmGpuDeviceInfo());
  }
}
