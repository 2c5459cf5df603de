/// All clusters at a glance.
@NullMarked
package io.belfry.cli.dashboard;

import org.jspecify.annotations.NullMarked;
