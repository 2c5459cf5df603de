/// The server as a program. [Main] reads the command line, [Platform] builds all parts and connects
/// them: start there.
@NullMarked
package io.belfry.server;

import org.jspecify.annotations.NullMarked;
