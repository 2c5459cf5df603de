/// What is asked about plans that protect VMs. Start with [ProtectionInquiries].
@NullMarked
package io.belfry.operations.protection;

import org.jspecify.annotations.NullMarked;
