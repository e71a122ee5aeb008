/** The connection to the servers: logins, TLS, reconnects, and what failures of calls mean. */
@NullMarked
package io.numa.avatar.nats.internal.connect;

import org.jspecify.annotations.NullMarked;
