/**
 * What a task asks to be done to the code: plans, steps, commands, and paths that stay inside the
 * workspace. Values only.
 */
@NullMarked
package io.numa.avatar.plan;

import org.jspecify.annotations.NullMarked;
