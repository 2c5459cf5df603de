/// Metrics: how busy things were, as series of points. What a driver remembers of VMs and devices
/// is added up to what clients ask for by name. Start with [MetricInquiries], then [Metric].
@NullMarked
package io.belfry.operations.metric;

import org.jspecify.annotations.NullMarked;
