package io.numa.avatar.port;

import io.numa.avatar.task.AttemptId;
import io.numa.avatar.task.MessageId;
import io.numa.avatar.task.TaskId;
import io.numa.avatar.task.TaskMessage;
import java.util.List;
import java.util.Optional;

/**
 * What an avatar must not forget: the messages it has seen, the attempts it has begun and how far
 * each came, and what the backend is still to be told of them.
 *
 * <p>Every method that writes returns when what it wrote would survive the end of the process, and
 * is called before its effect shows anywhere else. Each call is kept whole or not at all. Safe for
 * use by several threads.
 *
 * <p>Every method throws a {@link PortException} of kind {@code UNAVAILABLE} if the journal cannot
 * be read or written, such as on a full disk; it is as it was before the call then, and later calls
 * may succeed. A method that names an attempt which the journal does not hold does nothing.
 */
public interface Journal extends AutoCloseable {
  /** Whether what is written here is still there when the process has ended. */
  boolean durable();

  /** Takes in messages, and gives those that were never taken in before, in their order. */
  List<TaskMessage> accept(List<TaskMessage> messages);

  /** The message that was taken in last; empty before the first. */
  Optional<MessageId> lastMessage();

  /**
   * The announcements that were taken in, and neither set aside nor followed by an attempt at their
   * task; in the order they came.
   */
  List<TaskMessage.Announcement> waiting();

  /** Puts a message away for good. */
  void setAside(MessageId message, String reason);

  /**
   * Notes that an attempt is about to be claimed. An earlier one at the same task is forgotten by
   * that, and every announcement of the task that was waiting waits no more.
   *
   * @param number from 1, one higher with every attempt at the same task in a row
   */
  void begin(Attempt attempt, int number);

  /** Notes that the backend has given us the task, with the lease it gave. */
  void claimed(Attempt attempt);

  /**
   * Notes a status that the backend is to be told, behind all of the log before {@code logEnd}.
   * Noted again, it is there once. The first with an end ({@link StatusUpdate#finishedAt}) is the
   * attempt's outcome.
   */
  void announce(AttemptId attempt, StatusUpdate update, long logEnd);

  /** Notes the commit that is about to be pushed, and where to. */
  void committed(AttemptId attempt, PendingPush push);

  /** Notes that the remote has acknowledged the commit. */
  void pushed(AttemptId attempt);

  /** Notes that the backend has all of the log before {@code offset}. */
  void acknowledged(AttemptId attempt, long offset);

  /** Notes that the backend has been told the status of that number. */
  void told(AttemptId attempt, int sequence);

  /** Forgets an attempt of which nothing is left to do or to tell. */
  void settle(AttemptId attempt);

  /** The attempts that are not settled, one for each task at most, in the order they were begun. */
  List<JournaledAttempt> open();

  /** The attempt at that task that is not settled. */
  Optional<JournaledAttempt> find(TaskId task);

  /** Gives the journal back. It must not be used afterwards. */
  @Override
  void close();
}
