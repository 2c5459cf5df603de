@NullMarked
package io.belfry.server.config;

import org.jspecify.annotations.NullMarked;
