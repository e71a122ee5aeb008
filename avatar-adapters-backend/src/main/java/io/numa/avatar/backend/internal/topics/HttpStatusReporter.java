package io.numa.avatar.backend.internal.topics;

import com.fasterxml.jackson.databind.JsonNode;
import io.numa.avatar.backend.HttpBackend;
import io.numa.avatar.backend.internal.call.BackendClient;
import io.numa.avatar.backend.internal.call.CallKind;
import io.numa.avatar.backend.internal.call.Endpoints;
import io.numa.avatar.backend.internal.call.Write;
import io.numa.avatar.backend.settings.BackendSettings;
import io.numa.avatar.backend.settings.TimeLimits;
import io.numa.avatar.http.HttpAnswer;
import io.numa.avatar.port.Attempt;
import io.numa.avatar.port.Lease;
import io.numa.avatar.port.LogChunk;
import io.numa.avatar.port.RequestTooLargeException;
import io.numa.avatar.port.StatusReporter;
import io.numa.avatar.port.StatusUpdate;
import io.numa.avatar.task.TaskState;
import java.util.Optional;

/** Reports attempts to a Numa backend. Comes from {@link HttpBackend}. */
public final class HttpStatusReporter implements StatusReporter {
  private final BackendClient client;
  private final Endpoints endpoints;
  private final ReportWriter writer;
  private final LogSending logs;

  public HttpStatusReporter(BackendClient client, Endpoints endpoints, BackendSettings settings) {
    this.client = client;
    this.endpoints = endpoints;
    this.writer = new ReportWriter(settings.avatar(), settings.words(), settings.redactor());
    this.logs = new LogSending(client, endpoints, writer);
  }

  /** Reports a status. If the backend refuses its size, reports it without what may be left out. */
  @Override
  public Optional<Lease> report(Attempt attempt, StatusUpdate update) throws InterruptedException {
    boolean claims = update.sequence() == 1 && update.state() == TaskState.IN_PROGRESS;
    CallKind call = claims ? CallKind.CLAIM : CallKind.STATUS;
    String key = ReportWriter.key(attempt, update);
    HttpAnswer answer;
    try {
      answer = client.write(status(call, attempt, writer.status(attempt, update), key, false));
    } catch (RequestTooLargeException e) {
      answer = client.write(status(call, attempt, writer.brief(attempt, update), key, true));
    }
    return update.state() == TaskState.IN_PROGRESS ? lease(answer) : Optional.empty();
  }

  /**
   * Renews the lease with one try within {@link TimeLimits#renewal()}, without any other pause: the
   * caller has a deadline, and calls again soon.
   */
  @Override
  public Optional<Lease> renew(Attempt attempt, StatusUpdate lastSent, long count)
      throws InterruptedException {
    JsonNode body = writer.status(attempt, lastSent);
    return lease(
        client.renew(
            status(CallKind.RENEWAL, attempt, body, attempt.id() + ":renewal:" + count, false)));
  }

  @Override
  public void append(Attempt attempt, LogChunk chunk) throws InterruptedException {
    logs.append(attempt, chunk);
  }

  private Write status(
      CallKind call, Attempt attempt, JsonNode body, String key, boolean smallest) {
    return new Write(
        call,
        "report the status of task " + attempt.task(),
        "PUT",
        endpoints.status(attempt.task().value()),
        key,
        body,
        smallest);
  }

  private static Optional<Lease> lease(HttpAnswer answer) {
    return answer.json().flatMap(LeaseReader::read);
  }
}
