/**
 * Repositories and working copies on JGit. Nothing of JGit is seen outside, and nothing of the
 * user's or the machine's Git configuration is seen inside.
 */
@NullMarked
package io.numa.avatar.git;

import org.jspecify.annotations.NullMarked;
