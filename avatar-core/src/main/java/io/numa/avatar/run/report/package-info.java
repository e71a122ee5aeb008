/**
 * What goes on beside the work of an attempt: sending logs and statuses, renewing the lease, and
 * noticing a cancellation.
 *
 * <p>Only {@code run} calls it; each part has a thread of its own that ends with the attempt. Begin
 * with {@link io.numa.avatar.run.report.ReportSender}.
 */
@NullMarked
package io.numa.avatar.run.report;

import org.jspecify.annotations.NullMarked;
