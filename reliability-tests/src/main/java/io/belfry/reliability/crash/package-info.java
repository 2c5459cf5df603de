/// The crash harness: tenants change VMs and keep books of what they were promised, while server
/// and database are killed. Start with [CrashRun], then [Tenant].
@NullMarked
package io.belfry.reliability.crash;

import org.jspecify.annotations.NullMarked;
