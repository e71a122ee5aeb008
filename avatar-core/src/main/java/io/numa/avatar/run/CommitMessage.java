package io.numa.avatar.run;

import io.numa.avatar.plan.DevelopmentPlan;
import io.numa.avatar.task.Task;
import java.util.regex.Pattern;

/** A commit's message, to which trailers are added the way {@code git interpret-trailers} does. */
record CommitMessage(String text) {
  private static final Pattern TRAILER_BLOCK =
      Pattern.compile("\\n\\n(?:[A-Za-z0-9-]+: .*(?:\\n[ \\t].*)*(?:\\n|$))+$");

  /** The message that the plan, else the task, asks for; else one made of the task's title. */
  static CommitMessage of(DevelopmentPlan plan, Task task) {
    return new CommitMessage(
        plan.commitMessage()
            .or(() -> task.options().commitMessage())
            .orElseGet(() -> "feat: " + task.title().replaceAll("\\s+", " ").strip())
            .strip());
  }

  CommitMessage withTrailer(String key, String value) {
    String separator = TRAILER_BLOCK.matcher(text).find() ? "\n" : "\n\n";
    return new CommitMessage(text.stripTrailing() + separator + key + ": " + value + "\n");
  }
}
