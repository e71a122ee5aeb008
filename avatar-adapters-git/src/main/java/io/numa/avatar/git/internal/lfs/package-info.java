/**
 * Git LFS: pointers, the store of a mirror, and transfers over HTTP or from a local path.
 *
 * <p>Only packages of the Git adapter call it. Begin with {@link
 * io.numa.avatar.git.internal.lfs.Lfs}.
 */
@NullMarked
package io.numa.avatar.git.internal.lfs;

import org.jspecify.annotations.NullMarked;
