/**
 * The review of a change by another coding agent, after its tests and before its push.
 *
 * <p>Only {@code run} calls it. Begin with {@link io.numa.avatar.run.review.ChangeReview}.
 */
@NullMarked
package io.numa.avatar.run.review;

import org.jspecify.annotations.NullMarked;
