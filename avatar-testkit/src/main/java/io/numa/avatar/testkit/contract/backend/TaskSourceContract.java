package io.numa.avatar.testkit.contract.backend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.numa.avatar.plan.PlanSource;
import io.numa.avatar.port.InvalidTaskException;
import io.numa.avatar.port.NotFoundException;
import io.numa.avatar.port.PortException;
import io.numa.avatar.port.TaskSource;
import io.numa.avatar.port.UnauthorizedException;
import io.numa.avatar.task.ApplicationId;
import io.numa.avatar.task.Task;
import io.numa.avatar.task.TaskId;
import io.numa.avatar.task.TaskState;
import io.numa.avatar.testkit.contract.Samples;
import io.numa.avatar.testkit.fixture.BackendWorld;
import io.numa.avatar.time.Interrupts;
import org.junit.jupiter.api.Test;

/**
 * The tests that every {@link TaskSource} must pass, for any backend. A subclass creates the
 * adapter under test and the backend behind it.
 */
public abstract class TaskSourceContract {
  /** The source; the same for all of one test. */
  protected abstract TaskSource source();

  /** The backend behind the source; it has no task and no application. */
  protected abstract BackendWorld world();

  @Test
  void givesATaskAsItIs() throws InterruptedException {
    world().addTask(Samples.bareTask("123"));

    Task task = source().task(new TaskId("123"));

    assertThat(task)
        .usingRecursiveComparison()
        .ignoringFields("plan")
        .isEqualTo(Samples.bareTask("123"));
    assertThat(task.plan())
        .isInstanceOfSatisfying(
            PlanSource.Prose.class, prose -> assertThat(prose.text()).contains(Samples.PROSE));
  }

  @Test
  void seesThatATaskWasCancelled() throws InterruptedException {
    world().addTask(Samples.bareTask("123"));
    world().cancel(new TaskId("123"));

    assertThat(source().task(new TaskId("123")).state()).isEqualTo(TaskState.CANCELLED);
  }

  @Test
  void seesThatATaskWasCancelledThatCannotBeReadAnyMore() {
    world().addTaskWithoutApplication(new TaskId("5"), TaskState.IN_PROGRESS);
    world().cancel(new TaskId("5"));

    assertThatExceptionOfType(InvalidTaskException.class)
        .isThrownBy(() -> source().task(new TaskId("5")))
        .returns(TaskState.CANCELLED, InvalidTaskException::state);
  }

  @Test
  void findsNoTaskThatDoesNotExist() {
    assertThatExceptionOfType(NotFoundException.class)
        .isThrownBy(() -> source().task(new TaskId("99")))
        .withMessageContaining("task 99");
  }

  @Test
  void saysWhatATaskLacks() {
    world().addTaskWithoutApplication(new TaskId("5"), TaskState.DONE);

    assertThatExceptionOfType(InvalidTaskException.class)
        .isThrownBy(() -> source().task(new TaskId("5")))
        .withMessageContaining("task 5")
        .withMessageContaining("application_id")
        .returns(TaskState.DONE, InvalidTaskException::state);
  }

  @Test
  void givesAnApplicationAsItIs() throws InterruptedException {
    world().addApplication(Samples.bareApplication());

    assertThat(source().application(new ApplicationId("7"))).isEqualTo(Samples.bareApplication());
  }

  @Test
  void findsNoApplicationThatDoesNotExist() {
    assertThatExceptionOfType(NotFoundException.class)
        .isThrownBy(() -> source().application(new ApplicationId("99")))
        .withMessageContaining("application 99");
  }

  @Test
  void saysThatCredentialsWereRefused() {
    world().refuseCredentials();

    assertThatExceptionOfType(UnauthorizedException.class)
        .isThrownBy(() -> source().task(new TaskId("1")));
  }

  @Test
  void saysThatABackendOutOfReachMayComeBack() {
    world().goAway();

    assertThatExceptionOfType(PortException.class)
        .isThrownBy(() -> source().task(new TaskId("1")))
        .returns(true, PortException::retryable);
  }

  @Test
  void asksNothingOnAnInterruptedThread() {
    world().addTask(Samples.bareTask("1"));
    Thread.currentThread().interrupt();

    assertThatExceptionOfType(InterruptedException.class)
        .isThrownBy(() -> source().task(new TaskId("1")));
    assertThat(Interrupts.take()).isFalse();
  }
}
