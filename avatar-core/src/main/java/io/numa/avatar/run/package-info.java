/**
 * Carries out one attempt at a task, from its claim to its last report.
 *
 * <p>The worker and the command line call {@link io.numa.avatar.run.TaskRunner}. Only this package
 * calls the packages below {@code run}, except {@code run.secret}. Begin with {@link
 * io.numa.avatar.run.TaskRunner}, then read {@code TaskPipeline}, which has one line for each
 * stage.
 */
@NullMarked
package io.numa.avatar.run;

import org.jspecify.annotations.NullMarked;
