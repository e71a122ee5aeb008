/** Tells people what becomes of tasks, without holding up a task. */
@NullMarked
package io.numa.avatar.run.notice;

import org.jspecify.annotations.NullMarked;
