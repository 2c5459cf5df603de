@NullMarked
package io.belfry.server.tls;

import org.jspecify.annotations.NullMarked;
