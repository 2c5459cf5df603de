@NullMarked
package io.belfry.server.api;

import org.jspecify.annotations.NullMarked;
