package io.numa.avatar.backend;

import io.numa.avatar.port.Attempt;
import io.numa.avatar.port.Lease;
import io.numa.avatar.port.LogChunk;
import io.numa.avatar.port.StatusReporter;
import io.numa.avatar.port.StatusUpdate;
import io.numa.avatar.task.TaskState;
import java.util.Optional;

/** Tells a Numa backend how attempts go. Comes from {@link HttpBackend}. */
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
    Answer answer =
        client.write(
            "report the status of task " + attempt.task(),
            "PUT",
            endpoints.status(attempt.task().value()),
            attempt.id() + ":status:" + update.sequence(),
            writer.status(attempt, update));
    return update.state() == TaskState.IN_PROGRESS
        ? Json.parse(answer).flatMap(LeaseReader::read)
        : Optional.empty();
  }

  @Override
  public void append(Attempt attempt, LogChunk chunk) throws InterruptedException {
    client.write(
        "send the log of task " + attempt.task(),
        "POST",
        endpoints.logs(attempt.task().value()),
        // With its end: a piece that begins there again, and is longer, is no repeat.
        attempt.id() + ":log:" + chunk.offset() + "-" + chunk.end(),
        writer.log(attempt, chunk));
  }
}
