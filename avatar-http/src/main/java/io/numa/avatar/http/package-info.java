/**
 * How the avatar calls an HTTP service: answers of limited size, Retry-After, back-off, and texts
 * of the service made safe for messages.
 *
 * <p>The adapters for the backend and for hosting services use it. Begin with {@link
 * io.numa.avatar.http.EndpointClient}.
 */
@NullMarked
package io.numa.avatar.http;

import org.jspecify.annotations.NullMarked;
