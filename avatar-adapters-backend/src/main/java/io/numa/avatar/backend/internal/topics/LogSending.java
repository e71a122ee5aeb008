package io.numa.avatar.backend.internal.topics;

import io.numa.avatar.backend.internal.call.BackendClient;
import io.numa.avatar.backend.internal.call.CallKind;
import io.numa.avatar.backend.internal.call.Endpoints;
import io.numa.avatar.backend.internal.call.Read;
import io.numa.avatar.backend.internal.call.Shapes;
import io.numa.avatar.backend.internal.call.Write;
import io.numa.avatar.port.Attempt;
import io.numa.avatar.port.LogChunk;
import io.numa.avatar.port.NotFoundException;
import io.numa.avatar.port.PortException;
import io.numa.avatar.port.RequestTooLargeException;
import io.numa.avatar.port.TaskTakenException;
import io.numa.avatar.port.UnauthorizedException;
import io.numa.avatar.task.TaskId;
import java.util.concurrent.atomic.AtomicReference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sends logs to a backend, unless it keeps none: it knows the task, but not the endpoint. Safe for
 * use by several threads.
 */
public final class LogSending {
  private static final Logger log = LoggerFactory.getLogger(LogSending.class);

  /** A piece of log of so many bytes is not made smaller. */
  private static final int SMALLEST = 1024;

  /** What is known of the backend, until the process ends. */
  private enum Backend {
    UNKNOWN,
    KEEPS_LOGS,
    /** It, or a proxy, refused the last piece for good. */
    REFUSES_LOGS,
    KEEPS_NONE
  }

  private final BackendClient client;
  private final Endpoints endpoints;
  private final ReportWriter writer;
  private final AtomicReference<Backend> backend = new AtomicReference<>(Backend.UNKNOWN);

  public LogSending(BackendClient client, Endpoints endpoints, ReportWriter writer) {
    this.client = client;
    this.endpoints = endpoints;
    this.writer = writer;
  }

  /** Sends a piece. While pieces are refused, makes one try for each, as there may be many. */
  public void append(Attempt attempt, LogChunk chunk) throws InterruptedException {
    Backend known = backend.get();
    if (known == Backend.KEEPS_NONE) {
      return;
    }
    Write write =
        write(known == Backend.UNKNOWN ? CallKind.FIRST_LOG : CallKind.LOG, attempt, chunk);
    try {
      if (known == Backend.REFUSES_LOGS) {
        client.writeOnce(write);
      } else {
        client.write(write);
      }
      backend.set(Backend.KEEPS_LOGS);
    } catch (RequestTooLargeException | TaskTakenException | UnauthorizedException e) {
      throw e;
    } catch (NotFoundException e) {
      if (known != Backend.UNKNOWN || !knows(attempt.task())) {
        throw e;
      }
      keepsNone(e);
    } catch (PortException e) {
      if (!e.retryable()) {
        backend.set(Backend.REFUSES_LOGS);
      }
      throw e;
    }
  }

  private Write write(CallKind call, Attempt attempt, LogChunk chunk) {
    return new Write(
        call,
        "send the log of task " + attempt.task(),
        "POST",
        endpoints.logs(attempt.task().value()),
        ReportWriter.key(attempt, chunk),
        writer.log(attempt, chunk),
        chunk.end() - chunk.offset() <= SMALLEST);
  }

  private boolean knows(TaskId task) throws InterruptedException {
    try {
      client.read(
          new Read(
              CallKind.LOOK_UP, "read task " + task, endpoints.task(task.value()), Shapes::task));
      return true;
    } catch (NotFoundException e) {
      return false;
    }
  }

  private void keepsNone(NotFoundException refusal) {
    if (backend.compareAndSet(Backend.UNKNOWN, Backend.KEEPS_NONE)) {
      log.warn(
          "The backend keeps no logs; they stay in avatar.log_dir, and are not sent until the next"
              + " start: {}",
          refusal.getMessage());
    }
  }
}
