/**
 * The changes that a task asks for: plans, steps, commands, and paths that stay inside the
 * workspace. Values only. Adapters read plans, and the pipeline carries them out. Begin with {@link
 * io.numa.avatar.plan.DevelopmentPlan}.
 */
@NullMarked
package io.numa.avatar.plan;

import org.jspecify.annotations.NullMarked;
