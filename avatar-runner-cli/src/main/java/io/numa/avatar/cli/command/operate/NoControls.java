package io.numa.avatar.cli.command.operate;

import io.numa.avatar.operation.Controls;
import io.numa.avatar.operation.Retry;
import io.numa.avatar.task.TaskId;
import io.numa.avatar.task.agent.SteeringMessage;
import java.util.Optional;

/** Takes no orders, as no avatar runs. */
final class NoControls implements Controls {
  static NotRunningException refused() {
    return new NotRunningException("no avatar is running; start it with 'avatar run'");
  }

  @Override
  public void pause() {
    throw refused();
  }

  @Override
  public void resume() {
    throw refused();
  }

  @Override
  public void drain() {
    throw refused();
  }

  @Override
  public boolean cancel(TaskId task) {
    throw refused();
  }

  @Override
  public Optional<String> say(TaskId task, SteeringMessage message) {
    throw refused();
  }

  @Override
  public Retry retry(TaskId task) {
    throw refused();
  }
}
