package io.numa.avatar.cli.wiring;

import com.google.inject.AbstractModule;
import com.google.inject.Provides;
import com.google.inject.Singleton;
import io.numa.avatar.cli.config.AgentEntry;
import io.numa.avatar.cli.config.Configuration;
import io.numa.avatar.journal.SqliteJournal;
import io.numa.avatar.metric.Metric;
import io.numa.avatar.metric.RecordedMetrics;
import io.numa.avatar.operation.AvatarStatus;
import io.numa.avatar.operation.LiveTasks;
import io.numa.avatar.operation.OperationEvents;
import io.numa.avatar.operation.Overview;
import io.numa.avatar.operation.RunningOverview;
import io.numa.avatar.operation.TaskFigures;
import io.numa.avatar.operation.TaskStories;
import io.numa.avatar.port.agent.CodingAgents;
import io.numa.avatar.port.journal.Journal;
import io.numa.avatar.port.repository.Repository;
import io.numa.avatar.port.sandbox.Sandboxes;
import io.numa.avatar.port.sandbox.WorkKind;
import io.numa.avatar.run.guard.DiskFloor;
import io.numa.avatar.run.history.TaskFiles;
import io.numa.avatar.run.secret.Redactor;
import io.numa.avatar.server.ServedAvatar;
import io.numa.avatar.server.metrics.AvatarMetrics;
import io.numa.avatar.time.Lazily;
import io.numa.avatar.worker.AvatarWorker;
import java.net.URI;
import java.nio.file.Path;
import java.util.Objects;
import java.util.Optional;

/** Binds what operators see of an avatar and tell it. */
final class OperationModule extends AbstractModule {
  @Override
  protected void configure() {
    requireBinding(AvatarWorker.class);
    requireBinding(LiveTasks.class);
    requireBinding(TaskFigures.class);
    requireBinding(OperationEvents.class);
    requireBinding(DiskFloor.class);
  }

  @Provides
  TaskStories stories(Journal journal, Configuration configuration, Redactor redactor) {
    Configuration.Avatar avatar = configuration.avatar();
    return new TaskStories(
        journal, new TaskFiles(avatar.logDir(), avatar.workspace().toAbsolutePath()), redactor);
  }

  @Provides
  RunningOverview.Machine machine(DiskFloor disks, Repository repository) {
    return new RunningOverview.Machine(disks, repository);
  }

  @Provides
  @Singleton
  Overview overview(
      Configuration configuration,
      Sandboxes sandboxes,
      CodingAgents agents,
      AvatarWorker worker,
      LiveTasks live,
      TaskStories stories,
      RunningOverview.Machine machine) {
    return new LazyOverview(
        () -> {
          AvatarStatus.Identity atStart = identity(configuration, sandboxes);
          return new RunningOverview(
              () -> atStart.withAgents(agents.names()), worker, live, stories, machine);
        });
  }

  private static AvatarStatus.Identity identity(Configuration configuration, Sandboxes sandboxes) {
    return new AvatarStatus.Identity(
        configuration.avatar().id(),
        configuration.avatar().topicName(),
        Objects.requireNonNullElse(
            OperationModule.class.getPackage().getImplementationVersion(), "(from classes)"),
        configuration.backend().url().map(URI::toString),
        sandboxes.level(WorkKind.RUN, Optional.empty()).report().profile().word(),
        configuration.agents().inOrder().stream().map(AgentEntry::name).toList());
  }

  @Provides
  @Singleton
  ServedAvatar served(
      Overview overview,
      AvatarWorker worker,
      OperationEvents events,
      TaskFigures figures,
      RecordedMetrics recorded,
      Configuration configuration) {
    worker.tell(events);
    Path state = configuration.avatar().stateDir();
    recorded.watch(Metric.DISK_USED, () -> (double) SqliteJournal.size(state), "journal");
    var metrics = new Lazily<>(() -> new AvatarMetrics(overview, figures, recorded));
    return new ServedAvatar(overview, worker, events, () -> metrics.get().get());
  }
}
