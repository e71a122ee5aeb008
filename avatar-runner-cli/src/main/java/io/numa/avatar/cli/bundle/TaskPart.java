package io.numa.avatar.cli.bundle;

import io.numa.avatar.port.journal.AttemptRecord;
import io.numa.avatar.port.journal.TaskRecord;
import io.numa.avatar.run.history.TaskFiles;
import io.numa.avatar.task.AttemptId;
import io.numa.avatar.task.TaskId;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;

/** The part of a bundle that tells of one task: its logs and patches. */
public final class TaskPart {
  /** How much of a log a bundle has. */
  private static final long MOST = 64 << 20;

  private final TaskFiles files;

  public TaskPart(TaskFiles files) {
    this.files = files;
  }

  /** Adds what there is of each attempt. */
  public void addTo(Bundle bundle, TaskRecord task) throws IOException {
    TaskId id = task.line().task();
    String folder = "tasks/" + id.fileName() + "/";
    for (AttemptRecord attempt : task.attempts()) {
      AttemptId of = attempt.attempt();
      bundle.addEnd(folder + of + ".log", files.log(id, of), MOST);
      Optional<Path> patch = files.patch(id, of).find().map(kept -> Path.of(kept.path()));
      if (patch.isPresent()) {
        bundle.addEnd(folder + of + ".patch", patch.get(), MOST);
      }
    }
  }
}
