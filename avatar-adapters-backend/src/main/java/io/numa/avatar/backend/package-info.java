/**
 * Numa's Web API as a source of tasks and a taker of reports: calls, their retries, and the reading
 * and writing of JSON. How a plan is read is in {@code plan}.
 */
@NullMarked
package io.numa.avatar.backend;

import org.jspecify.annotations.NullMarked;
