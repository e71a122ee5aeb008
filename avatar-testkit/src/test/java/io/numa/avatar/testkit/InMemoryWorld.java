package io.numa.avatar.testkit;

import io.numa.avatar.port.Attempt;
import io.numa.avatar.port.PortException;
import io.numa.avatar.port.StatusUpdate;
import io.numa.avatar.port.TaskTakenException;
import io.numa.avatar.port.UnauthorizedException;
import io.numa.avatar.task.Application;
import io.numa.avatar.task.AvatarId;
import io.numa.avatar.task.FailureKind;
import io.numa.avatar.task.MessageId;
import io.numa.avatar.task.Stage;
import io.numa.avatar.task.Task;
import io.numa.avatar.task.TaskId;
import io.numa.avatar.task.TaskState;
import io.numa.avatar.task.WorkSummary;
import io.numa.avatar.testkit.InMemoryBackend.Call;
import io.numa.avatar.testkit.InMemoryBackend.Event;
import io.numa.avatar.testkit.fixture.BackendWorld;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Gives the contracts access to a backend in memory. */
record InMemoryWorld(InMemoryBackend backend) implements BackendWorld {
  private static final StatusUpdate CLAIM =
      new StatusUpdate(
          1,
          TaskState.IN_PROGRESS,
          Stage.CLONE,
          "another's",
          WorkSummary.NOTHING_YET,
          Instant.EPOCH,
          Optional.empty(),
          Optional.empty());

  @Override
  public void addTopic(String name) {
    backend.addTopic(name);
  }

  @Override
  public void addApplication(Application application) {
    backend.addApplication(application);
  }

  @Override
  public void addTask(Task task) {
    backend.addTask(task);
  }

  @Override
  public void addTaskWithoutApplication(TaskId id, TaskState state) {
    backend.addUnfitTask(id, state, "application_id: is missing");
  }

  @Override
  public MessageId announce(TaskId task) {
    return backend.announce(task);
  }

  @Override
  public MessageId announceNothing() {
    return backend.announceUnreadably("it names no task");
  }

  @Override
  public void awaitPoll() throws Exception {
    backend.awaitCalls(1, Call.POLL, Duration.ofSeconds(5));
  }

  @Override
  public void cancel(TaskId task) {
    backend.cancel(task);
  }

  @Override
  public void giveToAnother(TaskId task) {
    backend.giveTo(new AvatarId("another"), task);
  }

  @Override
  public boolean letAnotherClaim(TaskId task) {
    try {
      backend.reporter(new AvatarId("another")).report(Attempt.of(task), CLAIM);
      return true;
    } catch (TaskTakenException e) {
      return false;
    } catch (InterruptedException e) {
      throw new IllegalStateException("a test is not interrupted", e);
    }
  }

  @Override
  public void pass(Duration time) {
    backend.pass(time);
  }

  @Override
  public void grantLeases(Duration lease) {
    backend.withLease(lease);
  }

  @Override
  public void refuseCredentials() {
    failAll(new UnauthorizedException("could not call the backend: it refused the token"));
  }

  @Override
  public void goAway() {
    failAll(new PortException(FailureKind.UNAVAILABLE, "could not reach the backend: it is off"));
  }

  private void failAll(PortException failure) {
    for (Call call : Call.values()) {
      backend.failAlways(call, failure);
    }
  }

  @Override
  public List<String> story(TaskId task) {
    return backend.events(task).stream()
        .map(
            event ->
                event instanceof Event.Reported reported
                    ? reported.update().state().name()
                    : ((Event.Logged) event).chunk().text())
        .toList();
  }
}
