/**
 * What a task asks to be done to the code: plans, steps, commands, and paths that cannot leave the
 * workspace, all of them values.
 *
 * <p>Every package may use them; the readers of plan documents make them. Begin with {@link
 * io.numa.avatar.plan.DevelopmentPlan}.
 */
@NullMarked
package io.numa.avatar.plan;

import org.jspecify.annotations.NullMarked;
