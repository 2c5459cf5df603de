/// iSCSI targets, their LUNs and the snapshots of these. A LUN is a volume of the cluster's
/// storage; of a target only the management knows, as no driver serves iSCSI itself. Start with
/// [CreateIscsiLun].
@NullMarked
package io.belfry.operations.iscsi;

import org.jspecify.annotations.NullMarked;
