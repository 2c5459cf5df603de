/// 从模版创建虚拟机: making VMs from templates. [CreateFromTemplate] is the class to read first.
@NullMarked
package io.belfry.examples.vm.template;

import org.jspecify.annotations.NullMarked;
