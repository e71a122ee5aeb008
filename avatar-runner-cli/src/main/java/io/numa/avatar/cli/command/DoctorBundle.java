package io.numa.avatar.cli.command;

import io.numa.avatar.cli.bundle.Bundle;
import io.numa.avatar.cli.bundle.TaskPart;
import io.numa.avatar.cli.command.common.UsageException;
import io.numa.avatar.cli.config.Configuration;
import io.numa.avatar.cli.config.EffectiveConfiguration;
import io.numa.avatar.cli.wiring.StoredAvatar;
import io.numa.avatar.journal.StateException;
import io.numa.avatar.journal.StoredJournal;
import io.numa.avatar.port.journal.EndedTask;
import io.numa.avatar.port.journal.OpenWork;
import io.numa.avatar.port.journal.TaskRecord;
import io.numa.avatar.task.TaskId;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;

/**
 * Puts into a bundle what helps to understand an avatar: versions, configuration, the checks'
 * results, its own log, what its journal has, and one task.
 */
final class DoctorBundle {
  /** How much of the avatar's own log a bundle has. */
  private static final long MOST_OF_LOG = 20 << 20;

  /** More ended tasks than these are counted as so many. */
  private static final int MOST_COUNTED = 100_000;

  private final EffectiveConfiguration known;
  private final Bundle bundle;

  DoctorBundle(EffectiveConfiguration known, Bundle bundle) {
    this.known = known;
    this.bundle = bundle;
  }

  /**
   * Adds all of it.
   *
   * @param checks the lines that the checks printed
   * @param story gives the story of a task, as JSON
   * @throws UsageException if the journal does not have the task
   */
  void fill(List<String> checks, Optional<TaskId> task, Function<TaskId, String> story)
      throws IOException {
    bundle.add("versions.txt", versions());
    bundle.add("configuration.yaml", known.toYaml());
    bundle.add("doctor.txt", String.join("\n", checks) + "\n");
    Optional<Path> log = configuration().logs().file();
    if (log.isPresent()) {
      bundle.addEnd("avatar.log", log.get(), MOST_OF_LOG);
    }
    try (var journal = StoredJournal.read(configuration().avatar().stateDir())) {
      bundle.add("journal.txt", counts(journal));
      if (task.isPresent()) {
        addTask(journal, task.get(), story);
      }
    } catch (StateException e) {
      requireNoTask(task, e);
      bundle.add("journal.txt", e.getMessage() + "\n");
    }
  }

  private static void requireNoTask(Optional<TaskId> task, StateException reason) {
    if (task.isPresent()) {
      throw new UsageException("--task: " + reason.getMessage());
    }
  }

  private void addTask(StoredJournal journal, TaskId id, Function<TaskId, String> story)
      throws IOException {
    TaskRecord task =
        journal
            .record(id)
            .orElseThrow(() -> new UsageException("--task: the journal has no task " + id));
    bundle.add("tasks/" + id.fileName() + "/story.json", story.apply(id));
    new TaskPart(StoredAvatar.files(configuration())).addTo(bundle, task);
  }

  private Configuration configuration() {
    return known.configuration();
  }

  private static String counts(StoredJournal journal) {
    OpenWork open = journal.openWork();
    List<EndedTask> ended = journal.ended().ended(MOST_COUNTED);
    return String.format(
        Locale.ROOT,
        """
        schema: %d
        waiting tasks: %d
        open attempts: %d
        ended tasks: %d
        paused since: %s
        """,
        journal.schema(),
        open.waiting(),
        open.attempts().size(),
        ended.size(),
        open.pausedSince().map(Object::toString).orElse("not paused"));
  }

  private static String versions() {
    var lines = new StringBuilder();
    lines.append(new AvatarCommand.Version().getVersion()[0]).append('\n');
    for (String name :
        List.of("java.vm.name", "java.runtime.version", "os.name", "os.version", "os.arch")) {
      lines.append(name).append(' ').append(System.getProperty(name, "unknown")).append('\n');
    }
    Runtime machine = Runtime.getRuntime();
    lines.append("processors ").append(machine.availableProcessors()).append('\n');
    lines.append("largest heap, MiB ").append(machine.maxMemory() >> 20).append('\n');
    return lines.toString();
  }
}
