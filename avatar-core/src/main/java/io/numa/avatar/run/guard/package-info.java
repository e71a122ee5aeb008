/**
 * Checks whether a change may be committed and whether work may begin: the limits of a change,
 * secrets in it, and the free disk space.
 *
 * <p>The pipeline and the worker call it, and runners set its limits. Begin with {@link
 * io.numa.avatar.run.guard.Guard}.
 */
@NullMarked
package io.numa.avatar.run.guard;

import org.jspecify.annotations.NullMarked;
