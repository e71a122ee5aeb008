/**
 * Applies a Git diff to a tree, exactly or not at all.
 *
 * <p>Only packages of the Git adapter call it. Begin with {@link
 * io.numa.avatar.git.internal.patch.PatchApplication}.
 */
@NullMarked
package io.numa.avatar.git.internal.patch;

import org.jspecify.annotations.NullMarked;
