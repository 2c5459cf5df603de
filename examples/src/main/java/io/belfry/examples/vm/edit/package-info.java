/// 编辑虚拟机: changing VMs and where they run. [EditBasicInfo] is the class to read first.
@NullMarked
package io.belfry.examples.vm.edit;

import org.jspecify.annotations.NullMarked;
