/// 虚拟机电源操作: starting, stopping, restarting, suspending. [StartVm] is the class to read first.
@NullMarked
package io.belfry.examples.vm.power;

import org.jspecify.annotations.NullMarked;
