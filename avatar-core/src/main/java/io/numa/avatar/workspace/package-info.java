/**
 * The files of one task: the only way from a {@link io.numa.avatar.plan.WorkspacePath} to a file.
 *
 * <p>Everything is opened relative to the handle of its folder, no symbolic link is followed
 * unchecked, and nothing is changed in place, so that no race leads outside and every change can be
 * undone. The steps of a plan and the Git adapter call it; begin with {@link
 * io.numa.avatar.workspace.Workspace}.
 */
@NullMarked
package io.numa.avatar.workspace;

import org.jspecify.annotations.NullMarked;
