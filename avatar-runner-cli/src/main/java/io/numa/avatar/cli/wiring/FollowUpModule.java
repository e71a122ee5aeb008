package io.numa.avatar.cli.wiring;

import com.google.inject.AbstractModule;
import com.google.inject.Provides;
import com.google.inject.Singleton;
import com.google.inject.multibindings.OptionalBinder;
import io.numa.avatar.cli.config.Configuration;
import io.numa.avatar.cli.config.GitSection;
import io.numa.avatar.followup.ContinuedTasks;
import io.numa.avatar.followup.FollowUpAccess;
import io.numa.avatar.followup.FollowUpReports;
import io.numa.avatar.followup.FollowUpSettings;
import io.numa.avatar.followup.FollowUpTasks;
import io.numa.avatar.followup.LookOut;
import io.numa.avatar.followup.WatchedRequests;
import io.numa.avatar.port.StatusReporter;
import io.numa.avatar.port.TaskSource;
import io.numa.avatar.port.agent.CodingAgents;
import io.numa.avatar.port.journal.Journal;
import io.numa.avatar.run.Ports;
import io.numa.avatar.run.secret.Redactor;
import io.numa.avatar.worker.AvatarWorker;
import java.time.Clock;

/**
 * Binds what looks after the change requests of the avatar, and puts it between the pipeline and
 * its ports.
 */
final class FollowUpModule extends AbstractModule {
  @Override
  protected void configure() {
    requireBinding(Configuration.class);
    requireBinding(ReplaceableServices.class);
    requireBinding(TaskSource.class);
    requireBinding(StatusReporter.class);
    requireBinding(AvatarWorker.class);
    OptionalBinder.newOptionalBinder(binder(), RunModule.PortsInUse.class)
        .setBinding()
        .to(FollowedPorts.class);
  }

  @Provides
  static FollowUpSettings settings(Configuration configuration) {
    GitSection.FollowUp section = configuration.git().followUp();
    return new FollowUpSettings(
        section.reviews(),
        section.checks(),
        section.attempts(),
        section.from(),
        section.interval());
  }

  @Provides
  @Singleton
  FollowUpAccess access(Journal journal, ReplaceableServices services, Redactor redactor) {
    return new FollowUpAccess(journal, services.reviews(), redactor);
  }

  @Provides
  @Singleton
  FollowedPorts followed(
      TaskSource tasks,
      StatusReporter reporter,
      FollowUpAccess access,
      FollowUpSettings settings,
      Clock clock) {
    var continued = new ContinuedTasks(tasks, access.journal(), access.reviews());
    var own = new FollowUpTasks(continued, access.journal());
    var reports = new FollowUpReports(reporter, access, settings, clock);
    return new FollowedPorts(own, reports, access, settings);
  }

  @Provides
  @Singleton
  LookOut lookOut(
      FollowUpAccess access,
      FollowUpSettings settings,
      AvatarWorker worker,
      CodingAgents agents,
      Clock clock) {
    return new LookOut(access, settings, worker.desk(), agents, clock);
  }

  /** The ports of an avatar whose own tasks are among those of the backend. */
  record FollowedPorts(
      FollowUpTasks tasks,
      FollowUpReports reports,
      FollowUpAccess access,
      FollowUpSettings settings)
      implements RunModule.PortsInUse {
    @Override
    public Ports of(Ports given) {
      return given
          .withTasks(tasks, reports)
          .withChangeRequests(new WatchedRequests(given.changeRequests(), tasks, access, settings));
    }
  }
}
