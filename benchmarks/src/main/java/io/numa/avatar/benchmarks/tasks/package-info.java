/**
 * Measures whole tasks, from their claim to their acknowledged push, compared with native Git.
 *
 * <p>Each measured avatar is a separate process ({@link
 * io.numa.avatar.benchmarks.tasks.AvatarMain}); everything else runs in the process that measures.
 * Begin with {@link io.numa.avatar.benchmarks.tasks.AvatarMain}.
 */
@NullMarked
package io.numa.avatar.benchmarks.tasks;

import org.jspecify.annotations.NullMarked;
