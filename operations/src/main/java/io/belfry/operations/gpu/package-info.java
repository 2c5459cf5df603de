/// Which VMs have which GPUs, told in whole objects. Start with [GpuInquiries].
@NullMarked
package io.belfry.operations.gpu;

import org.jspecify.annotations.NullMarked;
