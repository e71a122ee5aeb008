/**
 * Reads tasks and applications, which both dialects show alike. Begin with {@link
 * io.numa.avatar.backend.internal.read.TaskReader}.
 */
@NullMarked
package io.numa.avatar.backend.internal.read;

import org.jspecify.annotations.NullMarked;
