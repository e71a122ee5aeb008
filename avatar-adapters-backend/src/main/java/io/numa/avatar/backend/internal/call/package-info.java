/**
 * Calls a backend: requests, retries, and what each answer means. Begin with {@link
 * io.numa.avatar.backend.internal.call.BackendClient}.
 */
@NullMarked
package io.numa.avatar.backend.internal.call;

import org.jspecify.annotations.NullMarked;
