/**
 * The files of a worktree beside the commit they came from: checkout, scan, staging, diff, and the
 * snapshot that says which files are unchanged.
 *
 * <p>Only packages of the Git adapter call it. Begin with {@link
 * io.numa.avatar.git.internal.worktree.WorkingTree}.
 */
@NullMarked
package io.numa.avatar.git.internal.worktree;

import org.jspecify.annotations.NullMarked;
