/**
 * How the avatar talks to an HTTP service: bounded answers as values, Retry-After, back-off, and a
 * service's words made harmless.
 *
 * <p>The adapters for the backend and for hosting services use it. Begin with {@link
 * io.numa.avatar.http.EndpointClient}.
 */
@NullMarked
package io.numa.avatar.http;

import org.jspecify.annotations.NullMarked;
