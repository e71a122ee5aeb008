/**
 * What ended tasks leave behind, and when it goes.
 *
 * <p>{@link io.numa.avatar.run.TaskRunner} calls it. Begin with {@link
 * io.numa.avatar.run.history.History}.
 */
@NullMarked
package io.numa.avatar.run.history;

import org.jspecify.annotations.NullMarked;
