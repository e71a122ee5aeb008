package io.numa.avatar.cli.command.operate;

import io.numa.avatar.cli.config.Configuration;
import io.numa.avatar.task.TaskId;
import java.util.Map;

/** The story of a task as {@code avatar task --json} prints it. */
public final class StoryDocument {
  private StoryDocument() {}

  /** Asks the running avatar, or else its files. */
  public static String of(Configuration configuration, TaskId task) {
    try (AvatarCalls calls = new OperateOptions().open(configuration)) {
      return calls.call("task", Map.of("task", task.value())).toPrettyString() + "\n";
    }
  }
}
