package io.numa.avatar.backend;

import static io.numa.avatar.backend.settings.BackendApi.TOPICS;
import static io.numa.avatar.backend.settings.BackendApi.V1;

import io.numa.avatar.backend.internal.call.BackendClient;
import io.numa.avatar.backend.internal.call.CallKind;
import io.numa.avatar.backend.internal.call.Dialect;
import io.numa.avatar.backend.internal.call.Endpoints;
import io.numa.avatar.backend.internal.call.Read;
import io.numa.avatar.backend.internal.v1.V1Calls;
import io.numa.avatar.backend.settings.BackendApi;
import io.numa.avatar.backend.settings.DialectSettings;
import io.numa.avatar.port.NotFoundException;
import io.numa.avatar.port.OutageException;
import io.numa.avatar.port.PortException;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import okhttp3.HttpUrl;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Finds out which dialect a backend speaks, once. Safe for use by several threads.
 *
 * <p>A backend speaks the first dialect unless it answers 404 to both the topic of tasks and the
 * list of topics. So a misspelt name of a topic does not lead to the second one.
 */
final class DialectDetection {
  private static final Logger log = LoggerFactory.getLogger(DialectDetection.class);

  private static final String TASKS = "tasks";

  private final BackendClient client;
  private final Endpoints endpoints;
  private final DialectSettings settings;
  private final Map<BackendApi, Dialect> dialects;
  private final ReentrantLock lock = new ReentrantLock();
  private volatile Optional<BackendApi> spoken = Optional.empty();

  /**
   * @param dialects for topics and v1
   */
  DialectDetection(
      BackendClient client,
      Endpoints endpoints,
      DialectSettings settings,
      Map<BackendApi, Dialect> dialects) {
    this.client = client;
    this.endpoints = endpoints;
    this.settings = settings;
    this.dialects = Map.copyOf(dialects);
  }

  /** The dialect, if it is known yet. */
  Optional<Dialect> found() {
    return spoken.map(dialects::get);
  }

  Dialect dialect() throws InterruptedException {
    api();
    return found().orElseThrow();
  }

  /**
   * The Web API that the backend has.
   *
   * @throws PortException if the backend gives no clear answer; a retryable one if it has neither
   */
  BackendApi api() throws InterruptedException {
    if (spoken.isEmpty()) {
      lock.lockInterruptibly();
      try {
        if (spoken.isEmpty()) {
          spoken = Optional.of(settings.api() == BackendApi.AUTO ? ask() : settings.api());
          tell();
        }
      } finally {
        lock.unlock();
      }
    }
    return spoken.orElseThrow();
  }

  private BackendApi ask() throws InterruptedException {
    if (answers(endpoints.topic(TASKS)) || answers(endpoints.topics())) {
      return TOPICS;
    }
    Read list = new V1Calls(endpoints).page(0, 1);
    if (answers(list)) {
      return V1;
    }
    throw new OutageException(
        "could not find the backend's API: it knows neither "
            + endpoints.topic(TASKS)
            + " nor "
            + list.url().newBuilder().query(null).build()
            + "; is backend.url right?",
        null);
  }

  private boolean answers(HttpUrl url) throws InterruptedException {
    return answers(new Read(CallKind.LOOK_UP, "find the topics", url, any -> Optional.empty()));
  }

  private boolean answers(Read read) throws InterruptedException {
    try {
      client.read(read);
      return true;
    } catch (NotFoundException e) {
      return false;
    }
  }

  private void tell() {
    if (spoken.equals(Optional.of(V1))) {
      log.info("The backend speaks /api/v1: it keeps no logs and no details; see avatar.log_dir");
      if (settings.assignedTo().isEmpty()) {
        log.warn(BackendProbe.SHARED);
      }
    } else {
      log.info("The backend speaks /api/topics");
      if (settings.assignedTo().isPresent()) {
        log.warn("backend.assigned_to has no effect, because the backend speaks /api/topics");
      }
    }
  }
}
