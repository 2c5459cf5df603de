/// Folders that VMs of a cluster are put into. The management alone knows them, so their changes
/// are made when they are answered.
@NullMarked
package io.belfry.operations.folder;

import org.jspecify.annotations.NullMarked;
