@NullMarked
package io.belfry.server.auth;

import org.jspecify.annotations.NullMarked;
