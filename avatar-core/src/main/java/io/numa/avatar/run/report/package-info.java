/**
 * The background tasks of an attempt: sending logs and statuses, renewing the lease, and checking
 * for a cancellation.
 *
 * <p>Only {@code run} calls it. Each part runs on a separate thread, which ends with the attempt.
 * Begin with {@link io.numa.avatar.run.report.ReportSender}.
 */
@NullMarked
package io.numa.avatar.run.report;

import org.jspecify.annotations.NullMarked;
