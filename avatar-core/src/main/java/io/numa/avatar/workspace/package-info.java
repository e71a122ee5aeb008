/**
 * The files of one task: the only way from a {@link io.numa.avatar.plan.WorkspacePath} to a file.
 *
 * <p>Everything is opened relative to the handle of the folder it is in, and no symbolic link is
 * followed that was not looked at first, so nothing outside can be reached, whatever changes in the
 * tree between the look and the step. Nothing is changed in place: a file is made beside the tree
 * and moved in, so a hard link leads nowhere either, and what was there can be put back.
 */
@NullMarked
package io.numa.avatar.workspace;

import org.jspecify.annotations.NullMarked;
