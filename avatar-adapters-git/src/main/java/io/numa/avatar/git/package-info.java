/**
 * The entry to the Git adapter: repositories and working copies on JGit.
 *
 * <p>Runners construct {@link io.numa.avatar.git.JGitRepository} with {@link
 * io.numa.avatar.git.settings.GitSettings} and use it through the core's ports; no JGit type is
 * visible outside, and no Git configuration of the user or the machine has an effect. Begin with
 * {@link io.numa.avatar.git.JGitRepository}.
 */
@NullMarked
package io.numa.avatar.git;

import org.jspecify.annotations.NullMarked;
