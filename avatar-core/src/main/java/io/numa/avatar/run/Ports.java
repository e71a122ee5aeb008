package io.numa.avatar.run;

import io.numa.avatar.port.CommandRunner;
import io.numa.avatar.port.ProjectSettings;
import io.numa.avatar.port.StatusReporter;
import io.numa.avatar.port.TaskSource;
import io.numa.avatar.port.TestDetection;
import io.numa.avatar.port.agent.CodingAgents;
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
    ChangeRequests changeRequests,
    CodingAgents agents) {

  /**
   * Ports with a journal in memory, which read no project settings, detect no tests, open no change
   * requests and have no coding agents.
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
        ChangeRequests.NONE,
        CodingAgents.NONE);
  }

  public Ports withProjectSettings(ProjectSettings other) {
    return new Ports(
        tasks,
        reporter,
        repository,
        commands,
        other,
        testDetection,
        journal,
        changeRequests,
        agents);
  }

  public Ports withTestDetection(TestDetection other) {
    return new Ports(
        tasks,
        reporter,
        repository,
        commands,
        projectSettings,
        other,
        journal,
        changeRequests,
        agents);
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
        changeRequests,
        agents);
  }

  public Ports withChangeRequests(ChangeRequests other) {
    return new Ports(
        tasks,
        reporter,
        repository,
        commands,
        projectSettings,
        testDetection,
        journal,
        other,
        agents);
  }

  public Ports withAgents(CodingAgents other) {
    return new Ports(
        tasks,
        reporter,
        repository,
        commands,
        projectSettings,
        testDetection,
        journal,
        changeRequests,
        other);
  }
}
