package io.numa.avatar.nats.internal.report;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.nats.client.JetStreamApiException;
import io.nats.client.api.MessageInfo;
import io.numa.avatar.nats.internal.connect.LastMessages;
import io.numa.avatar.nats.internal.connect.Session;
import io.numa.avatar.nats.internal.layout.ReportLayout;
import io.numa.avatar.nats.internal.layout.TaskKey;
import io.numa.avatar.port.queue.TaskDocuments;
import io.numa.avatar.task.TaskState;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A task as the streams have it.
 *
 * @param task the message
 * @param status the last status, if it is later
 * @param orders the orders to the avatar that has the task, if they are later
 */
record StoredTask(String task, Optional<String> status, List<String> orders) {
  /** The most orders that are read, so that a reading has an end; the last one is always read. */
  private static final int MOST_ORDERS = 300;

  /** Reads a task; empty if the queue does not have it. */
  static Optional<StoredTask> find(Session session, ReportLayout layout, TaskKey key)
      throws IOException, JetStreamApiException {
    Optional<MessageInfo> task =
        LastMessages.find(session, layout.settings().stream(), layout.anyTaskSubject(key));
    if (task.isEmpty()) {
      return Optional.empty();
    }
    Instant since = time(task.get());
    return Optional.of(
        new StoredTask(
            text(task.get()),
            LastMessages.find(session, layout.reports(), layout.statusSubject(key))
                .filter(status -> time(status).isAfter(since))
                .map(StoredTask::text),
            orders(session, layout, key, since)));
  }

  private static List<String> orders(
      Session session, ReportLayout layout, TaskKey key, Instant since)
      throws IOException, JetStreamApiException {
    String subject = layout.controlSubject(key);
    Optional<MessageInfo> last =
        LastMessages.find(session, layout.control(), subject)
            .filter(order -> time(order).isAfter(since));
    if (last.isEmpty()) {
      return List.of();
    }
    var orders = new ArrayList<String>();
    long end = last.get().getSeq();
    Optional<MessageInfo> next = LastMessages.next(session, layout.control(), 1, subject);
    while (next.isPresent() && next.get().getSeq() < end && orders.size() < MOST_ORDERS) {
      next.filter(order -> time(order).isAfter(since)).map(StoredTask::text).ifPresent(orders::add);
      next = LastMessages.next(session, layout.control(), next.get().getSeq() + 1, subject);
    }
    orders.add(text(last.get()));
    return orders;
  }

  private static Instant time(MessageInfo message) {
    return message.getTime().toInstant();
  }

  private static String text(MessageInfo message) {
    return new String(message.getData() == null ? new byte[0] : message.getData(), UTF_8);
  }

  /** The state that a later document tells; empty if the task's own counts. */
  Optional<TaskState> later(TaskDocuments documents) {
    Optional<TaskState> told =
        status.map(documents::state).filter(state -> state != TaskState.UNKNOWN);
    boolean cancelled =
        orders.stream().map(documents::state).anyMatch(state -> state == TaskState.CANCELLED);
    return cancelled && told.filter(TaskState::isOver).isEmpty()
        ? Optional.of(TaskState.CANCELLED)
        : told;
  }
}
