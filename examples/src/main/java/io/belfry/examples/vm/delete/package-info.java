/// 删除虚拟机: the recycle bin, and deleting for good. [MoveToRecycleBin] is the class to read first.
@NullMarked
package io.belfry.examples.vm.delete;

import org.jspecify.annotations.NullMarked;
