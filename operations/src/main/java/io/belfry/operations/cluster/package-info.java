/// What is asked about clusters beyond their rows: their storage, as it could be used and as it is
/// set aside, and who leads them. Start with [ClusterInquiries].
@NullMarked
package io.belfry.operations.cluster;

import org.jspecify.annotations.NullMarked;
