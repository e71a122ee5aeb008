/** Whole tasks in the queue, and the reports about them. */
@NullMarked
package io.numa.avatar.nats.internal.report;

import org.jspecify.annotations.NullMarked;
