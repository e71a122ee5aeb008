package io.numa.avatar.metric;

import io.numa.avatar.port.Attempt;
import io.numa.avatar.port.Lease;
import io.numa.avatar.port.LogChunk;
import io.numa.avatar.port.PortException;
import io.numa.avatar.port.RequestTooLargeException;
import io.numa.avatar.port.StatusReporter;
import io.numa.avatar.port.StatusUpdate;
import io.numa.avatar.port.TaskTakenException;
import io.numa.avatar.port.UnauthorizedException;
import java.util.Optional;

/** Counts renewals of leases, and delivered logs. */
public final class MeasuredReporter implements StatusReporter {
  private final StatusReporter reporter;
  private final Metrics metrics;

  public MeasuredReporter(StatusReporter reporter, Metrics metrics) {
    this.reporter = reporter;
    this.metrics = metrics;
  }

  @Override
  public Optional<Lease> report(Attempt attempt, StatusUpdate update) throws InterruptedException {
    return reporter.report(attempt, update);
  }

  @Override
  public Optional<Lease> renew(Attempt attempt, StatusUpdate lastSent, long count)
      throws InterruptedException {
    try {
      Optional<Lease> lease = reporter.renew(attempt, lastSent, count);
      metrics.count(Metric.LEASE_RENEWALS, "renewed");
      return lease;
    } catch (RuntimeException e) {
      metrics.count(Metric.LEASE_RENEWALS, result(e));
      throw e;
    }
  }

  private static String result(RuntimeException failure) {
    if (failure instanceof TaskTakenException) {
      return "taken";
    }
    return failure instanceof UnauthorizedException ? "refused" : "failed";
  }

  @Override
  public void confirm(Attempt attempt) throws InterruptedException {
    reporter.confirm(attempt);
  }

  @Override
  public void append(Attempt attempt, LogChunk chunk) throws InterruptedException {
    try {
      reporter.append(attempt, chunk);
      count(chunk, "delivered");
    } catch (TaskTakenException | UnauthorizedException | RequestTooLargeException e) {
      throw e;
    } catch (PortException e) {
      if (!e.retryable()) {
        count(chunk, "refused");
      }
      throw e;
    }
  }

  private void count(LogChunk chunk, String state) {
    metrics.add(Metric.LOG_BYTES, (double) (chunk.end() - chunk.offset()), state);
  }
}
