/// 获取虚拟机: finding VMs. [FindRunningVms] is the class to read first.
@NullMarked
package io.belfry.examples.vm.find;

import org.jspecify.annotations.NullMarked;
