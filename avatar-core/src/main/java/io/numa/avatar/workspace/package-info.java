/**
 * The files of one task. Code opens a {@link io.numa.avatar.plan.WorkspacePath} only through this
 * package.
 *
 * <p>It opens every entry relative to the handle of its folder, follows no symbolic link unchecked,
 * and changes nothing in place. So no race leads out of the workspace, and every change can be
 * undone. The steps of a plan and the Git adapter call it. Begin with {@link
 * io.numa.avatar.workspace.Workspace}.
 */
@NullMarked
package io.numa.avatar.workspace;

import org.jspecify.annotations.NullMarked;
