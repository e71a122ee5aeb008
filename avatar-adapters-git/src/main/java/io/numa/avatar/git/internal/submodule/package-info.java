/**
 * Submodules: decides which URLs are allowed, and checks out their trees.
 *
 * <p>Only packages of the Git adapter call it. Begin with {@link
 * io.numa.avatar.git.internal.submodule.Submodules}.
 */
@NullMarked
package io.numa.avatar.git.internal.submodule;

import org.jspecify.annotations.NullMarked;
