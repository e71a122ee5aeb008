package io.numa.avatar.operation;

/**
 * What the backend does not have yet.
 *
 * @param statuses statuses that wait to be sent
 * @param logBytes bytes of logs that wait to be sent
 * @param tasks ended tasks that wait for one of both
 */
public record ReportBacklog(int statuses, long logBytes, int tasks) {
  /** The backend has everything. */
  public static final ReportBacklog NONE = new ReportBacklog(0, 0, 0);
}
