package io.numa.avatar.testkit.contract.backend;

import static org.assertj.core.api.Assertions.assertThat;

import io.numa.avatar.task.ApplicationId;
import io.numa.avatar.task.Task;
import io.numa.avatar.task.TaskId;
import io.numa.avatar.task.agent.SteeringMessage;
import io.numa.avatar.testkit.contract.Samples;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * The further tests that a {@link io.numa.avatar.port.TaskSource} must pass if its backend keeps
 * settings of tasks and applications, and has ids of any kind.
 */
public abstract class RichTaskSourceContract extends TaskSourceContract {
  @Test
  void givesTheSettingsOfATask() throws InterruptedException {
    world().addTask(Samples.task("123"));

    assertThat(source().task(new TaskId("123")))
        .usingRecursiveComparison()
        .ignoringFields("plan")
        .isEqualTo(Samples.task("123"));
  }

  @Test
  void givesWhatPeopleTellTheAgentOfATask() throws InterruptedException {
    var messages =
        List.of(
            new SteeringMessage("1", "alice", "Take XML."),
            new SteeringMessage("m-2", "Zoë", "\"登录\"\nfirst 🚀"));
    Task task = Samples.task("123");
    world().addTask(task.withOptions(task.options().withMessages(messages)));

    assertThat(source().task(new TaskId("123")).options().messages()).isEqualTo(messages);
  }

  @Test
  void givesTheSettingsOfAnApplication() throws InterruptedException {
    world().addApplication(Samples.application());

    assertThat(source().application(new ApplicationId("7"))).isEqualTo(Samples.application());
  }

  @Test
  void takesIdsForOpaque() throws InterruptedException {
    var task = Samples.task("a/..%2F+ü#?");
    world().addTask(task);

    assertThat(source().task(task.id()).id()).isEqualTo(task.id());
  }
}
