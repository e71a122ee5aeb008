package io.numa.avatar.run;

import io.numa.avatar.port.ChangeRequests;
import io.numa.avatar.port.CommandRunner;
import io.numa.avatar.port.Journal;
import io.numa.avatar.port.ProjectSettings;
import io.numa.avatar.port.Repository;
import io.numa.avatar.port.StatusReporter;
import io.numa.avatar.port.TaskSource;

/** The adapters through which tasks touch the world. */
public record Ports(
    TaskSource tasks,
    StatusReporter reporter,
    Repository repository,
    CommandRunner commands,
    ProjectSettings projectSettings,
    Journal journal,
    ChangeRequests changeRequests) {

  /** Ports that know no service for change requests. */
  public Ports(
      TaskSource tasks,
      StatusReporter reporter,
      Repository repository,
      CommandRunner commands,
      ProjectSettings projectSettings,
      Journal journal) {
    this(tasks, reporter, repository, commands, projectSettings, journal, ChangeRequests.NONE);
  }

  /** Ports without a memory that outlives the process, either. */
  public Ports(
      TaskSource tasks,
      StatusReporter reporter,
      Repository repository,
      CommandRunner commands,
      ProjectSettings projectSettings) {
    this(tasks, reporter, repository, commands, projectSettings, new MemoryJournal());
  }
}
