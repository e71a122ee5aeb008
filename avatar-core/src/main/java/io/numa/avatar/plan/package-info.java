/**
 * The work that a task asks for: plans, steps, commands, and paths that cannot leave the workspace.
 * All of them are values.
 *
 * <p>Every package may use them. The readers of plan documents create them. Begin with {@link
 * io.numa.avatar.plan.DevelopmentPlan}.
 */
@NullMarked
package io.numa.avatar.plan;

import org.jspecify.annotations.NullMarked;
