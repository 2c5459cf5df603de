package io.belfry.sdk.model;

import io.belfry.sdk.BooleanField;
import io.belfry.sdk.EnumField;
import io.belfry.sdk.NumberField;
import io.belfry.sdk.TextField;
import io.belfry.sdk.ToOne;
import io.belfry.sdk.internal.Model;
import io.belfry.sdk.internal.Shape;
import io.belfry.sdk.internal.Values;
import org.jspecify.annotations.Nullable;

/**
 * A disk or CD drive of a VM: the place where a volume or an image is plugged in.
 * The constants are its fields, for queries.
 */
public final class VmDisk extends Model {
  public static final NumberField<VmDisk> BOOT = new NumberField<VmDisk>("boot");

  public static final EnumField<VmDisk, Bus> BUS = new EnumField<VmDisk, Bus>("bus");

  public static final TextField<VmDisk> CLOUD_INIT_IMAGE_NAME = new TextField<VmDisk>("cloud_init_image_name");

  public static final TextField<VmDisk> CLOUD_INIT_IMAGE_PATH = new TextField<VmDisk>("cloud_init_image_path");

  public static final TextField<VmDisk> DEVICE = new TextField<VmDisk>("device");

  public static final BooleanField<VmDisk> DISABLED = new BooleanField<VmDisk>("disabled");

  public static final ToOne<VmDisk, ElfImage> ELF_IMAGE = new ToOne<VmDisk, ElfImage>("elf_image");

  public static final TextField<VmDisk> ID = new TextField<VmDisk>("id");

  public static final NumberField<VmDisk> KEY = new NumberField<VmDisk>("key");

  public static final NumberField<VmDisk> MAX_BANDWIDTH = new NumberField<VmDisk>("max_bandwidth");

  public static final EnumField<VmDisk, VmDiskIoRestrictType> MAX_BANDWIDTH_POLICY = new EnumField<VmDisk, VmDiskIoRestrictType>("max_bandwidth_policy");

  public static final NumberField<VmDisk> MAX_IOPS = new NumberField<VmDisk>("max_iops");

  public static final EnumField<VmDisk, VmDiskIoRestrictType> MAX_IOPS_POLICY = new EnumField<VmDisk, VmDiskIoRestrictType>("max_iops_policy");

  public static final TextField<VmDisk> SERIAL = new TextField<VmDisk>("serial");

  public static final ToOne<VmDisk, SvtImage> SVT_IMAGE = new ToOne<VmDisk, SvtImage>("svt_image");

  public static final EnumField<VmDisk, VmDiskType> TYPE = new EnumField<VmDisk, VmDiskType>("type");

  public static final TextField<VmDisk> UNSAFE_IMAGE_PATH = new TextField<VmDisk>("unsafe_image_path");

  public static final TextField<VmDisk> UNSAFE_IMAGE_UUID = new TextField<VmDisk>("unsafe_image_uuid");

  public static final TextField<VmDisk> UNSAFE_PROVISION = new TextField<VmDisk>("unsafe_provision");

  public static final ToOne<VmDisk, Vm> VM = new ToOne<VmDisk, Vm>("vm");

  public static final ToOne<VmDisk, VmVolume> VM_VOLUME = new ToOne<VmDisk, VmVolume>("vm_volume");

  /**
   * For the SDK itself: how this is read.
   */
  public static final Shape<VmDisk> SHAPE = Shape.of("VmDisk")
      .ints("boot!")
      .enumeration(Bus::of, "bus!")
      .text("cloud_init_image_name", "cloud_init_image_path", "device")
      .booleans("disabled")
      .object(NestedElfImage.SHAPE, "elf_image")
      .text("id!")
      .ints("key")
      .longs("max_bandwidth")
      .enumeration(VmDiskIoRestrictType::of, "max_bandwidth_policy")
      .ints("max_iops")
      .enumeration(VmDiskIoRestrictType::of, "max_iops_policy")
      .text("serial")
      .object(NestedSvtImage.SHAPE, "svt_image")
      .enumeration(VmDiskType::of, "type!")
      .text("unsafe_image_path", "unsafe_image_uuid", "unsafe_provision")
      .object(NestedVm.SHAPE, "vm!")
      .object(NestedVmVolume.SHAPE, "vm_volume")
      .build(VmDisk::new);

  private VmDisk(Values values) {
    super(values);
  }

  /**
   * Its place in the boot order, the lowest first; the system disk has the lowest.
   */
  public int boot() {
    return values.<Integer>required(0);
  }

  public Bus bus() {
    return values.<Bus>required(1);
  }

  /**
   * Set on the drive that hands the guest its cloud-init configuration.
   */
  public @Nullable String cloudInitImageName() {
    return values.get(2);
  }

  public @Nullable String cloudInitImagePath() {
    return values.get(3);
  }

  /**
   * How the guest may name it; informational.
   */
  public @Nullable String device() {
    return values.get(4);
  }

  /**
   * Of a CD drive: unplugged, as the guest sees it.
   */
  public @Nullable Boolean disabled() {
    return values.get(5);
  }

  /**
   * The ISO image in a CD drive; null in an empty one and in disks.
   */
  public @Nullable NestedElfImage elfImage() {
    return values.get(6);
  }

  public String id() {
    return values.<String>required(7);
  }

  /**
   * Its slot, which stays the same as long as it is plugged in.
   */
  public @Nullable Integer key() {
    return values.get(8);
  }

  /**
   * Null is unlimited. In bytes per second.
   */
  public @Nullable Long maxBandwidth() {
    return values.get(9);
  }

  /**
   * How {@code max_bandwidth} is held; null without a limit.
   */
  public @Nullable VmDiskIoRestrictType maxBandwidthPolicy() {
    return values.get(10);
  }

  /**
   * Null is unlimited. In operations per second.
   */
  public @Nullable Integer maxIops() {
    return values.get(11);
  }

  /**
   * How {@code max_iops} is held; null without a limit.
   */
  public @Nullable VmDiskIoRestrictType maxIopsPolicy() {
    return values.get(12);
  }

  /**
   * What the guest reads as its serial number.
   */
  public @Nullable String serial() {
    return values.get(13);
  }

  /**
   * The VMTools image in a CD drive.
   */
  public @Nullable NestedSvtImage svtImage() {
    return values.get(14);
  }

  public VmDiskType type() {
    return values.<VmDiskType>required(15);
  }

  public @Nullable String unsafeImagePath() {
    return values.get(16);
  }

  public @Nullable String unsafeImageUuid() {
    return values.get(17);
  }

  public @Nullable String unsafeProvision() {
    return values.get(18);
  }

  public NestedVm vm() {
    return values.<NestedVm>required(19);
  }

  /**
   * What a disk holds; null in CD drives.
   */
  public @Nullable NestedVmVolume vmVolume() {
    return values.get(20);
  }
}
