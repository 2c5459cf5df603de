@NullMarked
package io.belfry.server;

import org.jspecify.annotations.NullMarked;
