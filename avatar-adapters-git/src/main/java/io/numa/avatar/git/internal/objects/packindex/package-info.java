/**
 * Indexes the first pack of a mirror on several threads; {@code git.parallel_index: false} leaves
 * this to JGit.
 *
 * <p>Only {@code git.internal.objects} calls it. Begin with {@link
 * io.numa.avatar.git.internal.objects.packindex.ParallelPackIndexer}.
 */
@NullMarked
package io.numa.avatar.git.internal.objects.packindex;

import org.jspecify.annotations.NullMarked;
