/// 虚拟机备份: snapshots of VMs. [BackUpVm] is the class to read first.
@NullMarked
package io.belfry.examples.backup;

import org.jspecify.annotations.NullMarked;
