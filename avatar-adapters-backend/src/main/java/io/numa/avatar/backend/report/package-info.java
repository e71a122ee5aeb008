/**
 * Writes a task's outcome as JSON. Begin with {@link io.numa.avatar.backend.report.OutcomeJson}.
 */
@NullMarked
package io.numa.avatar.backend.report;

import org.jspecify.annotations.NullMarked;
