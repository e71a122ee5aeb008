/**
 * Finds the reports of a test run, and reads their results.
 *
 * <p>Only {@code run.test} and {@code run} call it. Begin with {@link
 * io.numa.avatar.run.test.report.TestReports}.
 */
@NullMarked
package io.numa.avatar.run.test.report;

import org.jspecify.annotations.NullMarked;
