package io.numa.avatar.run;

import io.numa.avatar.port.CommandRunner;
import io.numa.avatar.port.ProjectSettings;
import io.numa.avatar.port.StatusReporter;
import io.numa.avatar.port.TaskSource;
import io.numa.avatar.port.TestDetection;
import io.numa.avatar.port.journal.Journal;
import io.numa.avatar.port.repository.ChangeRequests;
import io.numa.avatar.port.repository.Repository;

/** The adapters that tasks use. */
public record Ports(
    TaskSource tasks,
    StatusReporter reporter,
    Repository repository,
    CommandRunner commands,
    ProjectSettings projectSettings,
    TestDetection testDetection,
    Journal journal,
    ChangeRequests changeRequests) {

  /**
   * Ports with a journal in memory, which read no project settings, detect no tests and open no
   * change requests.
   */
  public static Ports of(
      TaskSource tasks, StatusReporter reporter, Repository repository, CommandRunner commands) {
    return new Ports(
        tasks,
        reporter,
        repository,
        commands,
        ProjectSettings.NONE,
        TestDetection.NONE,
        new InMemoryJournal(),
        ChangeRequests.NONE);
  }

  public Ports withProjectSettings(ProjectSettings other) {
    return new Ports(
        tasks, reporter, repository, commands, other, testDetection, journal, changeRequests);
  }

  public Ports withTestDetection(TestDetection other) {
    return new Ports(
        tasks, reporter, repository, commands, projectSettings, other, journal, changeRequests);
  }

  public Ports withJournal(Journal other) {
    return new Ports(
        tasks,
        reporter,
        repository,
        commands,
        projectSettings,
        testDetection,
        other,
        changeRequests);
  }

  public Ports withChangeRequests(ChangeRequests other) {
    return new Ports(
        tasks, reporter, repository, commands, projectSettings, testDetection, journal, other);
  }
}
