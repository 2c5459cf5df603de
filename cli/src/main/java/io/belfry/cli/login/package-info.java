/// Logging in, and choosing among servers.
@NullMarked
package io.belfry.cli.login;

import org.jspecify.annotations.NullMarked;
