/**
 * Requests to a remote and the meaning of its answers: fetch, push, look-up of pushed commits,
 * replay and rescue.
 *
 * <p>Only packages of the Git adapter call it. Begin with {@link
 * io.numa.avatar.git.internal.remote.Remote}.
 */
@NullMarked
package io.numa.avatar.git.internal.remote;

import org.jspecify.annotations.NullMarked;
