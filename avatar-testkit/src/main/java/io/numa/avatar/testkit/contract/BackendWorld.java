package io.numa.avatar.testkit.contract;

import io.numa.avatar.task.Application;
import io.numa.avatar.task.MessageId;
import io.numa.avatar.task.Task;
import io.numa.avatar.task.TaskId;
import io.numa.avatar.task.TaskState;
import java.time.Duration;
import java.util.List;

/** What the tests of a contract do to a backend, and see of it, behind the adapter's back. */
public interface BackendWorld {
  void addTopic(String name);

  void addApplication(Application application);

  /** Adds a task whose plan is prose. */
  void addTask(Task task);

  /** Adds a task in {@code state} that has no application. */
  void addTaskWithoutApplication(TaskId id, TaskState state);

  /** Puts a message about {@code task} into the topic of tasks. */
  MessageId announce(TaskId task);

  /** Puts a message into the topic {@code tasks} that names no task. */
  MessageId announceNothing();

  /** Waits until the adapter has asked for messages. */
  void awaitPoll() throws Exception;

  /** Cancels the task as a person would. */
  void cancel(TaskId task);

  /** Lets another avatar take the task. */
  void giveToAnother(TaskId task);

  /** Has another avatar claim the task, and says whether it got it. */
  boolean letAnotherClaim(TaskId task);

  /** Grants leases from now on. */
  void grantLeases(Duration lease);

  /** Lets this much time pass for the leases that were granted. */
  void pass(Duration time);

  /** Refuses the avatar's credentials from now on. */
  void refuseCredentials();

  /** Is out of reach from now on. */
  void goAway();

  /** The reports about the task, in order: names of {@link TaskState}s, and texts of logs. */
  List<String> story(TaskId task);
}
