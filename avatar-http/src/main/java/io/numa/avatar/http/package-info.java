/**
 * How adapters call servers over HTTP: sending, retries, rate limits, outages, and JSON. Adapters
 * use it and add what is theirs: URLs, tokens, and what an answer means. Begin with {@link
 * io.numa.avatar.http.HttpTransport}, which sends once, and {@link io.numa.avatar.http.Retries}.
 *
 * <p>A caller turns each failed try into a {@link io.numa.avatar.http.TransientException}, if the
 * next try may succeed, and into another {@code PortException} if not.
 */
@NullMarked
package io.numa.avatar.http;

import org.jspecify.annotations.NullMarked;
