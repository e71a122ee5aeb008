/**
 * The files kept between tasks: a mirror for each remote and a pool of worktrees, within a limit of
 * disk space.
 *
 * <p>Only packages of the Git adapter call it; processes that share the folder exclude each other
 * by file locks. Begin with {@link io.numa.avatar.git.internal.cache.RepositoryCache}.
 */
@NullMarked
package io.numa.avatar.git.internal.cache;

import org.jspecify.annotations.NullMarked;
