/** Reads what clients say first: the helper's line, HTTP requests, and hellos of TLS. */
@NullMarked
package io.numa.avatar.egress.internal.wire;

import org.jspecify.annotations.NullMarked;
