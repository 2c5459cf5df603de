/// Settings of the server, from the command line, the environment and a file. Start with
/// [UpCommand], which has them all; [ServerSettings] is what they become.
@NullMarked
package io.belfry.server.config;

import org.jspecify.annotations.NullMarked;
