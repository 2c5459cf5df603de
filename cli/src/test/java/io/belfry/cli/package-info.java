/// The command line, run as people run it, against a server with a simulated data centre.
@NullMarked
package io.belfry.cli;

import org.jspecify.annotations.NullMarked;
