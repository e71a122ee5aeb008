/**
 * What statuses tell of the work of a coding agent: who worked, what it used, what it changed, and
 * where a failed change is kept.
 */
@NullMarked
package io.numa.avatar.task.agent;

import org.jspecify.annotations.NullMarked;
