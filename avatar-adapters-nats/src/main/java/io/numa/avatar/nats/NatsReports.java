package io.numa.avatar.nats;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.nats.client.Message;
import io.numa.avatar.nats.internal.connect.Link;
import io.numa.avatar.nats.internal.layout.Layout;
import io.numa.avatar.nats.internal.layout.ReportLayout;
import io.numa.avatar.nats.internal.layout.TaskKey;
import io.numa.avatar.nats.internal.report.TaskFollower;
import io.numa.avatar.nats.settings.NatsSettings;
import io.numa.avatar.task.TaskId;
import java.time.Instant;

/**
 * The reports about whole tasks of a queue, for people and other programs, and the way back to the
 * avatars. It connects when it is first used, and makes the streams that are missing. Safe for use
 * by several threads.
 */
public final class NatsReports implements AutoCloseable {
  private static final String CANCEL = "{\"cancel_requested\":true}";

  private final Link link;
  private final ReportLayout layout;
  private final TaskFollower follower;

  public NatsReports(NatsSettings settings) {
    this.link = new Link(settings);
    this.layout = new ReportLayout(settings);
    this.follower = new TaskFollower(link, new Layout(settings), layout);
  }

  /**
   * A report.
   *
   * @param kind what it tells
   * @param body the document, as an avatar sends it to a backend
   * @param publishedAt when it was published
   */
  public record Report(Kind kind, String body, Instant publishedAt) {}

  /** What a report tells. */
  public enum Kind {
    STATUS,
    LOG
  }

  /** Receives reports in their order; repeats are possible, and have the same key. */
  public interface Receiver {
    /** Takes a report; returns whether it may be the last one. */
    boolean take(Report report);
  }

  /**
   * Gives a task's reports to a receiver, those that are there and those that come, until one may
   * be the last one, nothing follows it, and the task was not published again. Outages end nothing.
   */
  public void follow(TaskId task, Receiver receiver) throws InterruptedException {
    follower.follow(key(task), message -> receiver.take(report(message)));
  }

  private static Report report(Message message) {
    return new Report(
        message.getSubject().startsWith("numa.logs.") ? Kind.LOG : Kind.STATUS,
        new String(message.getData(), UTF_8),
        message.metaData().timestamp().toInstant());
  }

  /** Orders the avatar that has the task to cancel it; one that takes it later does so, too. */
  public void cancel(TaskId task) throws InterruptedException {
    follower.order(key(task), CANCEL.getBytes(UTF_8));
  }

  /**
   * Tells the coding agent of a task something, by the avatar that has the task.
   *
   * @param order holds the message
   */
  public void say(TaskId task, String order) throws InterruptedException {
    follower.order(key(task), order.getBytes(UTF_8));
  }

  private TaskKey key(TaskId task) {
    return TaskKey.of(layout.settings().backend(), task);
  }

  /** Closes the connection. Later calls fail. */
  @Override
  public void close() {
    link.close();
  }
}
