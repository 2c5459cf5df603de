@NullMarked
package io.belfry.server.http;

import org.jspecify.annotations.NullMarked;
