package io.numa.avatar.cli.wiring;

import com.google.inject.AbstractModule;
import com.google.inject.Provides;
import com.google.inject.Singleton;
import io.numa.avatar.cli.config.Configuration;
import io.numa.avatar.port.journal.Journal;
import io.numa.avatar.run.TaskRunner;
import io.numa.avatar.run.guard.DiskFloor;
import io.numa.avatar.worker.AvatarWorker;
import io.numa.avatar.worker.TaskIntake;
import io.numa.avatar.worker.WorkerSettings;
import java.time.Clock;
import java.util.List;

/** Binds the worker that takes tasks from the backend. */
final class WorkerModule extends AbstractModule {
  @Override
  protected void configure() {
    requireBinding(TaskIntake.class);
    requireBinding(TaskRunner.class);
    install(new FollowUpModule());
  }

  /** The disks that need free space, and how much. */
  @Provides
  static DiskFloor disks(Configuration configuration) {
    Configuration.Avatar avatar = configuration.avatar();
    return new DiskFloor(
        configuration.workspace().minFree(),
        List.of(avatar.workspace(), avatar.stateDir(), avatar.logDir()));
  }

  @Provides
  @Singleton
  AvatarWorker worker(
      Setup setup,
      TaskIntake tasks,
      TaskRunner runner,
      Journal journal,
      DiskFloor disks,
      Clock clock) {
    return new AvatarWorker(
        settings(setup, setup.configuration(), disks), tasks, runner, journal, clock);
  }

  /** The settings by a configuration that was read later; the topic is the setup's. */
  static WorkerSettings settings(Setup setup, Configuration configuration, DiskFloor disks) {
    return new WorkerSettings(
        setup.configuration().avatar().topicName(),
        configuration.avatar().concurrency(),
        configuration.polling().interval(),
        configuration.polling().hold(),
        setup.maxTasks(),
        disks);
  }
}
