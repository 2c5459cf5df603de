/// 创建空白虚拟机: making blank VMs. [CreateSimpleVm] is the class to read first.
@NullMarked
package io.belfry.examples.vm.create;

import org.jspecify.annotations.NullMarked;
