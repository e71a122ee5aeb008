/**
 * The code that the packages of the Git adapter share: isolation of JGit, translation of its
 * failures, interruption, folders and locks.
 *
 * <p>Only packages of the Git adapter call it, and it calls none of them. Begin with {@link
 * io.numa.avatar.git.internal.support.GitFailures}.
 */
@NullMarked
package io.numa.avatar.git.internal.support;

import org.jspecify.annotations.NullMarked;
