/**
 * Looks after the change requests that the avatar has opened: review comments and failed checks
 * become tasks that the avatar gives itself, and their answers go to the change request.
 *
 * <p>The pipeline does not know of it: here are a source of such tasks, a receiver of their
 * reports, and the look-out that decides on them.
 */
@NullMarked
package io.numa.avatar.followup;

import org.jspecify.annotations.NullMarked;
