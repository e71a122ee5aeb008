package io.numa.avatar.run;

import io.numa.avatar.metric.MeasuredAgents;
import io.numa.avatar.metric.MeasuredCommands;
import io.numa.avatar.metric.MeasuredReporter;
import io.numa.avatar.metric.Metrics;
import io.numa.avatar.port.CommandRunner;
import io.numa.avatar.port.ProjectSettings;
import io.numa.avatar.port.StatusReporter;
import io.numa.avatar.port.TaskSource;
import io.numa.avatar.port.TestDetection;
import io.numa.avatar.port.agent.CodingAgents;
import io.numa.avatar.port.agent.ReviewReader;
import io.numa.avatar.port.journal.Journal;
import io.numa.avatar.port.repository.ChangeRequests;
import io.numa.avatar.port.repository.Repository;
import io.numa.avatar.port.sandbox.Sandboxes;

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
    CodingAgents agents,
    Sandboxes sandboxes,
    Metrics metrics,
    ReviewReader reviews) {

  /**
   * Ports with a journal in memory, which read no project settings and no reviews, detect no tests,
   * open no change requests, have no coding agents and no sandboxes, and are not measured.
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
        CodingAgents.NONE,
        Sandboxes.NONE,
        Metrics.NONE,
        ReviewReader.NONE);
  }

  /** Ports to another source of tasks, and to what takes their reports. */
  public Ports withTasks(TaskSource source, StatusReporter reports) {
    return new Ports(
        source,
        reports,
        repository,
        commands,
        projectSettings,
        testDetection,
        journal,
        changeRequests,
        agents,
        sandboxes,
        metrics,
        reviews);
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
        agents,
        sandboxes,
        metrics,
        reviews);
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
        agents,
        sandboxes,
        metrics,
        reviews);
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
        agents,
        sandboxes,
        metrics,
        reviews);
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
        agents,
        sandboxes,
        metrics,
        reviews);
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
        other,
        sandboxes,
        metrics,
        reviews);
  }

  public Ports withSandboxes(Sandboxes other) {
    return new Ports(
        tasks,
        reporter,
        repository,
        commands,
        projectSettings,
        testDetection,
        journal,
        changeRequests,
        agents,
        other,
        metrics,
        reviews);
  }

  /** Ports whose use is measured. */
  public Ports withMetrics(Metrics other) {
    return new Ports(
        tasks,
        reporter,
        repository,
        commands,
        projectSettings,
        testDetection,
        journal,
        changeRequests,
        agents,
        sandboxes,
        other,
        reviews);
  }

  public Ports withReviews(ReviewReader other) {
    return new Ports(
        tasks,
        reporter,
        repository,
        commands,
        projectSettings,
        testDetection,
        journal,
        changeRequests,
        agents,
        sandboxes,
        metrics,
        other);
  }

  /** The same adapters, of which some tell the metrics what they do. */
  Ports measured() {
    return new Ports(
        tasks,
        new MeasuredReporter(reporter, metrics),
        repository,
        new MeasuredCommands(commands, metrics),
        projectSettings,
        testDetection,
        journal,
        changeRequests,
        new MeasuredAgents(agents, metrics),
        sandboxes,
        metrics,
        reviews);
  }
}
