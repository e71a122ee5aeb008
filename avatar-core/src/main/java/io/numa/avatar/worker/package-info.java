/**
 * Starts and supervises attempts: the poll loop, the admission of tasks to slots, and the worker's
 * life cycle.
 *
 * <p>Runners and embedders call {@link io.numa.avatar.worker.AvatarWorker}. Begin there; the loop
 * itself is {@code PollLoop}.
 */
@NullMarked
package io.numa.avatar.worker;

import org.jspecify.annotations.NullMarked;
