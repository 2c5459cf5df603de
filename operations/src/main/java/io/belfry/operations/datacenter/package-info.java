/// Data centres: groups of clusters in an organisation. The management alone knows them, so their
/// changes are made when they are answered.
@NullMarked
package io.belfry.operations.datacenter;

import org.jspecify.annotations.NullMarked;
