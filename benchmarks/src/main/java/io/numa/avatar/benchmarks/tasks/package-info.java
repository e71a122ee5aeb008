/**
 * Measures whole tasks, from their claim to their acknowledged push, beside what people do with
 * native Git. Each avatar that is measured is a process of its own ({@link
 * io.numa.avatar.benchmarks.tasks.AvatarMain}); all else is in the one that measures.
 */
@NullMarked
package io.numa.avatar.benchmarks.tasks;

import org.jspecify.annotations.NullMarked;
