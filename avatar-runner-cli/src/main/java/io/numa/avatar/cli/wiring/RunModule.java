package io.numa.avatar.cli.wiring;

import com.google.inject.AbstractModule;
import com.google.inject.Provides;
import com.google.inject.Singleton;
import com.google.inject.multibindings.OptionalBinder;
import io.numa.avatar.agent.review.JsonReviewReader;
import io.numa.avatar.backend.project.BuildFileTestDetection;
import io.numa.avatar.backend.project.YamlProjectSettings;
import io.numa.avatar.cli.config.Configuration;
import io.numa.avatar.cli.config.value.PromptFile;
import io.numa.avatar.cli.console.ListenerPair;
import io.numa.avatar.git.settings.HttpNetwork;
import io.numa.avatar.metric.Metric;
import io.numa.avatar.metric.Metrics;
import io.numa.avatar.metric.RecordedMetrics;
import io.numa.avatar.operation.LiveTasks;
import io.numa.avatar.operation.OperationEvents;
import io.numa.avatar.operation.TaskFigures;
import io.numa.avatar.port.CommandRunner;
import io.numa.avatar.port.ProjectSettings;
import io.numa.avatar.port.StatusReporter;
import io.numa.avatar.port.TaskSource;
import io.numa.avatar.port.TestDetection;
import io.numa.avatar.port.agent.CodingAgents;
import io.numa.avatar.port.journal.Journal;
import io.numa.avatar.port.repository.ChangeRequests;
import io.numa.avatar.port.repository.Repository;
import io.numa.avatar.port.sandbox.Sandboxes;
import io.numa.avatar.run.Ports;
import io.numa.avatar.run.RunListener;
import io.numa.avatar.run.RunSettings;
import io.numa.avatar.run.TaskRunner;
import io.numa.avatar.run.guard.Guard;
import io.numa.avatar.run.history.HistoryLimits;
import io.numa.avatar.run.notice.OutcomeNotices;
import io.numa.avatar.run.secret.Redactor;
import io.numa.avatar.task.AvatarId;
import io.numa.avatar.telemetry.OtlpTracing;
import io.numa.avatar.telemetry.TelemetrySettings;
import io.numa.avatar.telemetry.Tracing;
import io.numa.avatar.time.TimeSource;
import io.numa.avatar.workspace.ProtectedPaths;
import java.net.URI;
import java.time.Clock;

/** Binds the pipeline that carries out one task. */
final class RunModule extends AbstractModule {
  private final Setup setup;

  /** Makes the ports that the pipeline uses of the adapters; without one, it uses these. */
  @FunctionalInterface
  interface PortsInUse {
    Ports of(Ports adapters);
  }

  RunModule(Setup setup) {
    this.setup = setup;
  }

  @Override
  protected void configure() {
    requireBinding(TaskSource.class);
    requireBinding(StatusReporter.class);
    requireBinding(Repository.class);
    requireBinding(CommandRunner.class);
    requireBinding(Journal.class);
    requireBinding(ChangeRequests.class);
    requireBinding(RunSettings.Proposals.class);
    requireBinding(CodingAgents.class);
    requireBinding(Sandboxes.class);
    requireBinding(OutcomeNotices.class);
    OptionalBinder.newOptionalBinder(binder(), PortsInUse.class)
        .setDefault()
        .toInstance(given -> given);
    bind(Setup.class).toInstance(setup);
    bind(Redactor.class).toInstance(setup.redactor());
    bind(Configuration.class).toInstance(setup.configuration());
    bind(TimeSource.class).toInstance(TimeSource.SYSTEM);
    bind(Clock.class).toInstance(TimeSource.SYSTEM.clock());
    var metrics = new RecordedMetrics();
    metrics.watch(Metric.REDACTIONS, () -> (double) setup.redactor().redactions());
    bind(RecordedMetrics.class).toInstance(metrics);
    bind(Metrics.class).toInstance(metrics);
    bind(ProjectSettings.class).toInstance(new YamlProjectSettings());
    bind(TestDetection.class).toInstance(new BuildFileTestDetection());
  }

  @Provides
  RunSettings settings(RunSettings.Proposals proposals) {
    return settings(setup, setup.configuration(), proposals);
  }

  /**
   * The settings by a configuration that was read later; the avatar, its folders and its redactor
   * are those of the setup.
   */
  static RunSettings settings(
      Setup setup, Configuration configuration, RunSettings.Proposals proposals) {
    Configuration.Avatar avatar = setup.configuration().avatar();
    return RunSettings.of(
            new AvatarId(avatar.id()), avatar.workspace(), avatar.logDir(), setup.redactor())
        .withLimits(
            new RunSettings.Limits(
                configuration.execution().stepTimeout(),
                configuration.execution().testTimeout(),
                configuration.execution().stageTimeout(),
                configuration.execution().taskTimeout(),
                configuration.execution().stallTimeout(),
                configuration.execution().logQuota()))
        .withGuard(guard(configuration.guard()))
        .withDelivery(setup.delivery())
        .withTestPolicy(configuration.execution().testPolicy())
        .withAttempts(
            new RunSettings.Attempts(
                configuration.execution().maxAttempts(),
                configuration.cancellation().interval(),
                configuration.workspace().keepFailed(),
                new HistoryLimits(
                    configuration.history().keep(), configuration.history().maxSize())))
        .withPush(new RunSettings.PushPolicy(configuration.git().allowDefaultBranch(), proposals))
        .withAgents(
            new RunSettings.AgentPolicy(
                configuration.execution().repairs(),
                configuration.agents().promptFile().map(PromptFile::text),
                configuration.review().policy()));
  }

  private static Guard guard(Configuration.Guard guard) {
    return new Guard(
        new ProtectedPaths(guard.protectedPaths()),
        guard.maxFiles(),
        guard.maxFileSize(),
        guard.maxChangeSize());
  }

  @Provides
  Ports ports(
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
      Tracing tracing,
      Metrics metrics) {
    return Ports.of(tasks, reporter, repository, commands)
        .withProjectSettings(projectSettings)
        .withTestDetection(testDetection)
        .withJournal(journal)
        .withChangeRequests(changeRequests)
        .withAgents(tracing.traced(agents))
        .withSandboxes(sandboxes)
        .withMetrics(metrics)
        .withReviews(new JsonReviewReader());
  }

  @Provides
  @Singleton
  OperationEvents events() {
    return new OperationEvents();
  }

  @Provides
  @Singleton
  LiveTasks live(Clock clock, RunSettings settings, OperationEvents events) {
    return new LiveTasks(clock, settings, events);
  }

  @Provides
  @Singleton
  TaskFigures figures(TimeSource time) {
    return new TaskFigures(time);
  }

  /** Without a collector, no class of OpenTelemetry is loaded. */
  @Provides
  @Singleton
  Tracing tracing(Configuration configuration, Redactor redactor, TimeSource time) {
    return configuration
        .telemetry()
        .otlp()
        .url()
        .<Tracing>map(url -> new OtlpTracing(traces(url, configuration, redactor), time))
        .orElse(Tracing.NONE);
  }

  private static TelemetrySettings traces(URI url, Configuration configuration, Redactor redactor) {
    HttpNetwork network = GitModule.network(configuration.git());
    return new TelemetrySettings(
        url,
        configuration.telemetry().otlp().headers(),
        configuration.avatar().id(),
        StoredIdentity.of(configuration).version(),
        redactor,
        network::setUp);
  }

  @Provides
  @Singleton
  TaskRunner runner(
      Ports ports, PortsInUse inUse, RunSettings settings, RunListener listener, TimeSource time) {
    return new TaskRunner(inUse.of(ports), settings, listener, time);
  }

  @Provides
  RunListener listener(
      LiveTasks live, TaskFigures figures, Tracing tracing, OutcomeNotices notices) {
    var shown = new ListenerPair(live, setup.listener());
    var counted = new ListenerPair(figures, new ListenerPair(tracing.listener(), shown));
    return new ListenerPair(notices, counted);
  }
}
