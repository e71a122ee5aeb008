/**
 * Submodules: which URLs are allowed, and how their trees are checked out.
 *
 * <p>Only packages of the Git adapter call it. Begin with {@link
 * io.numa.avatar.git.internal.submodule.Submodules}.
 */
@NullMarked
package io.numa.avatar.git.internal.submodule;

import org.jspecify.annotations.NullMarked;
