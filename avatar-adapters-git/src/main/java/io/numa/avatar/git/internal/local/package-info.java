/**
 * Repositories on this machine, which are read where they are.
 *
 * <p>The checkout and the push call it. Begin with {@link
 * io.numa.avatar.git.internal.local.LocalRepositories}.
 */
@NullMarked
package io.numa.avatar.git.internal.local;

import org.jspecify.annotations.NullMarked;
