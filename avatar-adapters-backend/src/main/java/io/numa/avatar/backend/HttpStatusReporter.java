package io.numa.avatar.backend;

import io.numa.avatar.http.HttpAnswer;
import io.numa.avatar.port.Attempt;
import io.numa.avatar.port.Lease;
import io.numa.avatar.port.LogChunk;
import io.numa.avatar.port.StatusReporter;
import io.numa.avatar.port.StatusUpdate;
import io.numa.avatar.task.TaskState;
import java.util.Optional;

/** Reports attempts to a Numa backend. Comes from {@link HttpBackend}. */
public final class HttpStatusReporter implements StatusReporter {
  private final BackendClient client;
  private final Endpoints endpoints;
  private final ReportWriter writer;

  HttpStatusReporter(BackendClient client, Endpoints endpoints, BackendSettings settings) {
    this.client = client;
    this.endpoints = endpoints;
    this.writer = new ReportWriter(settings.avatar(), settings.words());
  }

  @Override
  public Optional<Lease> report(Attempt attempt, StatusUpdate update) throws InterruptedException {
    HttpAnswer answer = client.write(status(attempt, update, "status:" + update.sequence()));
    return update.state() == TaskState.IN_PROGRESS ? lease(answer) : Optional.empty();
  }

  /**
   * Renews the lease with one try within {@link TimeLimits#renewal()}, without any other pause: the
   * caller has a deadline, and calls again soon.
   */
  @Override
  public Optional<Lease> renew(Attempt attempt, StatusUpdate lastSent, long count)
      throws InterruptedException {
    return lease(client.writeOnce(status(attempt, lastSent, "renewal:" + count)));
  }

  @Override
  public void append(Attempt attempt, LogChunk chunk) throws InterruptedException {
    client.write(
        new Write(
            EndpointGroup.LOGS,
            "send the log of task " + attempt.task(),
            "POST",
            endpoints.logs(attempt.task().value()),
            // The key includes the chunk's end: a longer chunk with the same beginning is not a
            // repetition.
            attempt.id() + ":log:" + chunk.offset() + "-" + chunk.end(),
            writer.log(attempt, chunk)));
  }

  private Write status(Attempt attempt, StatusUpdate update, String key) {
    return new Write(
        EndpointGroup.STATUSES,
        "report the status of task " + attempt.task(),
        "PUT",
        endpoints.status(attempt.task().value()),
        attempt.id() + ":" + key,
        writer.status(attempt, update));
  }

  private static Optional<Lease> lease(HttpAnswer answer) {
    return answer.json().flatMap(LeaseReader::read);
  }
}
