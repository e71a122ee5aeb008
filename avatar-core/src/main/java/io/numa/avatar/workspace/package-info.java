/**
 * The files of one task: the only way from a {@link io.numa.avatar.plan.WorkspacePath} to a file.
 *
 * <p>Every entry is opened relative to the handle of its folder, and no symbolic link is followed
 * without a check. So no step reaches anything outside, even if another process changes the tree
 * between the check and the step. No file changes in place: a new file is made beside the tree and
 * moved in. So a hard link leads nowhere either, and the old file can be put back.
 */
@NullMarked
package io.numa.avatar.workspace;

import org.jspecify.annotations.NullMarked;
