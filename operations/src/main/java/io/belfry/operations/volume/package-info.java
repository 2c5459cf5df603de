/// Operations on volumes. Start with [CreateVmVolume].
@NullMarked
package io.belfry.operations.volume;

import org.jspecify.annotations.NullMarked;
