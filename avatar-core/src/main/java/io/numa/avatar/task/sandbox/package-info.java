/** What is told of the sandbox in which a task's commands and agents ran. */
@NullMarked
package io.numa.avatar.task.sandbox;

import org.jspecify.annotations.NullMarked;
