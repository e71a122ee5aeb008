package io.numa.avatar.run;

import io.numa.avatar.port.CommandRunner;
import io.numa.avatar.port.StatusReporter;
import io.numa.avatar.port.TaskSource;
import io.numa.avatar.port.repository.Repository;

/** Replaces one of the ports that every embedder provides. */
public final class OtherPorts {
  private OtherPorts() {}

  public static Ports tasks(Ports ports, TaskSource tasks) {
    return of(ports, tasks, ports.reporter(), ports.repository(), ports.commands());
  }

  public static Ports reporter(Ports ports, StatusReporter reporter) {
    return of(ports, ports.tasks(), reporter, ports.repository(), ports.commands());
  }

  static Ports repository(Ports ports, Repository repository) {
    return of(ports, ports.tasks(), ports.reporter(), repository, ports.commands());
  }

  static Ports commands(Ports ports, CommandRunner commands) {
    return of(ports, ports.tasks(), ports.reporter(), ports.repository(), commands);
  }

  private static Ports of(
      Ports others,
      TaskSource tasks,
      StatusReporter reporter,
      Repository repository,
      CommandRunner commands) {
    return Ports.of(tasks, reporter, repository, commands)
        .withProjectSettings(others.projectSettings())
        .withTestDetection(others.testDetection())
        .withJournal(others.journal())
        .withChangeRequests(others.changeRequests())
        .withAgents(others.agents());
  }
}
