package io.belfry.store.rows;

import io.belfry.store.row.RowType;
import io.belfry.store.row.Values;
import org.jspecify.annotations.Nullable;

/**
 * A row of the entity VmDisk.
 */
public record VmDiskRow(Values values) {
  public static final RowType<VmDiskRow> TYPE = new RowType<>("VmDisk", VmDiskRow::new);

  public int boot() {
    return values.intValue("boot");
  }

  public Bus bus() {
    return Bus.of(values.text("bus"));
  }

  public @Nullable String cloudInitImageName() {
    return values.textOrNull("cloud_init_image_name");
  }

  public @Nullable String cloudInitImagePath() {
    return values.textOrNull("cloud_init_image_path");
  }

  public @Nullable String device() {
    return values.textOrNull("device");
  }

  public @Nullable Boolean disabled() {
    return values.booleanOrNull("disabled");
  }

  public @Nullable String elfImageId() {
    return values.textOrNull("elf_image");
  }

  public String id() {
    return values.text("id");
  }

  public @Nullable Integer key() {
    return values.intOrNull("key");
  }

  public @Nullable Long maxBandwidth() {
    return values.longOrNull("max_bandwidth");
  }

  public @Nullable VmDiskIoRestrictType maxBandwidthPolicy() {
    var wire = values.textOrNull("max_bandwidth_policy");
    return wire == null ? null : VmDiskIoRestrictType.of(wire);
  }

  public @Nullable Integer maxIops() {
    return values.intOrNull("max_iops");
  }

  public @Nullable VmDiskIoRestrictType maxIopsPolicy() {
    var wire = values.textOrNull("max_iops_policy");
    return wire == null ? null : VmDiskIoRestrictType.of(wire);
  }

  public @Nullable String serial() {
    return values.textOrNull("serial");
  }

  public @Nullable String svtImageId() {
    return values.textOrNull("svt_image");
  }

  public VmDiskType type() {
    return VmDiskType.of(values.text("type"));
  }

  public @Nullable String unsafeImagePath() {
    return values.textOrNull("unsafe_image_path");
  }

  public @Nullable String unsafeImageUuid() {
    return values.textOrNull("unsafe_image_uuid");
  }

  public @Nullable String unsafeProvision() {
    return values.textOrNull("unsafe_provision");
  }

  public String vmId() {
    return values.text("vm");
  }

  public @Nullable String vmVolumeId() {
    return values.textOrNull("vm_volume");
  }
}
