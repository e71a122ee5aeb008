/**
 * The development stage: it applies the steps of a plan to the files of a workspace, all of them or
 * none.
 *
 * <p>Only {@code run} calls it. Begin with {@link io.numa.avatar.run.develop.PlanExecutor}.
 */
@NullMarked
package io.numa.avatar.run.develop;

import org.jspecify.annotations.NullMarked;
