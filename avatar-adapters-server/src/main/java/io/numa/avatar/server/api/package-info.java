/** The operations API over HTTP: documents, orders, events, and logs as files. */
@NullMarked
package io.numa.avatar.server.api;

import org.jspecify.annotations.NullMarked;
