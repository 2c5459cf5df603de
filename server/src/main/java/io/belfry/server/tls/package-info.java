/// Certificates and keys for HTTPS: yours, or one that signs itself. Start with [TlsSource].
@NullMarked
package io.belfry.server.tls;

import org.jspecify.annotations.NullMarked;
