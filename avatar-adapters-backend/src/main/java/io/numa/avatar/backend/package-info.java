/**
 * Numa's Web API as a source of tasks and a receiver of reports: calls, their retries, and the
 * reading and writing of JSON.
 *
 * <p>Runners construct {@link io.numa.avatar.backend.HttpBackend} and use it through the core's
 * ports. Begin with {@link io.numa.avatar.backend.HttpBackend}.
 */
@NullMarked
package io.numa.avatar.backend;

import org.jspecify.annotations.NullMarked;
