/// Virtual switches and the VLANs on them. The management alone knows them: a hypervisor learns of
/// a VLAN by the first NIC on it. Start with [CreateVmVlan].
@NullMarked
package io.belfry.operations.network;

import org.jspecify.annotations.NullMarked;
