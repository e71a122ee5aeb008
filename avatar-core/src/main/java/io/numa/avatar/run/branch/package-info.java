/**
 * Branches that others change, too: one task at a time per branch, and pauses after lost races.
 *
 * <p>Only {@code run} calls it. Begin with {@link io.numa.avatar.run.branch.BranchLocks}.
 */
@NullMarked
package io.numa.avatar.run.branch;

import org.jspecify.annotations.NullMarked;
