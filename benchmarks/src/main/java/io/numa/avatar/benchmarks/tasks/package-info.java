/**
 * Measures whole tasks, from their claim to their acknowledged push, beside what people do with
 * native Git.
 *
 * <p>Each avatar that is measured is a process of its own ({@link
 * io.numa.avatar.benchmarks.tasks.AvatarMain}); everything else runs in the process that measures.
 * Begin with {@link io.numa.avatar.benchmarks.tasks.AvatarMain}.
 */
@NullMarked
package io.numa.avatar.benchmarks.tasks;

import org.jspecify.annotations.NullMarked;
