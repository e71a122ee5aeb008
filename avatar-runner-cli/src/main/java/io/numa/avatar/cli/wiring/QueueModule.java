package io.numa.avatar.cli.wiring;

import com.google.inject.AbstractModule;
import com.google.inject.Module;
import com.google.inject.Provides;
import com.google.inject.Singleton;
import com.google.inject.util.Modules;
import io.numa.avatar.backend.HttpBackend;
import io.numa.avatar.bridge.Routes;
import io.numa.avatar.cli.config.Configuration;
import io.numa.avatar.cli.config.QueueSection;
import io.numa.avatar.cli.config.value.SecretFile;
import io.numa.avatar.metric.MeasuredQueue;
import io.numa.avatar.metric.Metrics;
import io.numa.avatar.nats.NatsQueue;
import io.numa.avatar.nats.NatsTasks;
import io.numa.avatar.nats.settings.NatsLogin;
import io.numa.avatar.nats.settings.NatsSettings;
import io.numa.avatar.port.StatusReporter;
import io.numa.avatar.port.TaskSource;
import io.numa.avatar.port.agent.CodingAgents;
import io.numa.avatar.queue.ClaimedReports;
import io.numa.avatar.queue.HeldTasks;
import io.numa.avatar.run.secret.Redactor;
import io.numa.avatar.task.AvatarId;
import io.numa.avatar.time.TimeSource;
import io.numa.avatar.worker.QueueSettings;
import io.numa.avatar.worker.TaskIntake;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Has tasks come from the configured queue. */
final class QueueModule extends AbstractModule {
  /** The modules that bind where an avatar's tasks come from, and who knows them. */
  static Module taskSource(QueueSection queue) {
    if (queue.isWhole()) {
      return Modules.combine(new QueueModule(), new Whole());
    }
    return queue.isUsed()
        ? Modules.combine(new BackendModule(), new QueueModule(), new Backed())
        : Modules.combine(new BackendModule(), new TopicModule());
  }

  @Override
  protected void configure() {
    requireBinding(Configuration.class);
    requireBinding(TaskSource.class);
    requireBinding(CodingAgents.class);
    requireBinding(TimeSource.class);
    requireBinding(Metrics.class);
  }

  @Provides
  @Singleton
  NatsQueue queue(Configuration configuration, CodingAgents agents, TimeSource time) {
    return new NatsQueue(settings(configuration, agents), time);
  }

  @Provides
  @Singleton
  HeldTasks held(NatsQueue queue, Metrics metrics, TimeSource time) {
    return new HeldTasks(new MeasuredQueue(queue, metrics), time);
  }

  @Provides
  TaskIntake intake(
      Configuration configuration, CodingAgents agents, HeldTasks held, TaskSource tasks) {
    QueueSection queue = configuration.queue();
    var settings =
        new QueueSettings(
            routes(queue, agents),
            queue.maxAttempts(),
            queue.expireAfter(),
            queue.limits().perRepository());
    return TaskIntake.queue(
        settings,
        held,
        route -> !route.equals(Routes.PROSE) || CodingAgents.hasFree(agents),
        tasks);
  }

  /** Prose is left to avatars that have an agent. */
  private static Set<String> routes(QueueSection queue, CodingAgents agents) {
    return queue.routes().stream()
        .filter(route -> !route.equals(Routes.PROSE) || !agents.names().isEmpty())
        .collect(Collectors.toSet());
  }

  private static NatsSettings settings(Configuration configuration, CodingAgents agents) {
    return settings(configuration).withRoutes(routes(configuration.queue(), agents));
  }

  /** The settings of the queue that the configuration names. */
  static NatsSettings settings(Configuration configuration) {
    return settings(
        configuration, configuration.queue().backendName(configuration.backend().url()));
  }

  /**
   * The same.
   *
   * @param backend the name of the backend that the tasks belong to
   */
  static NatsSettings settings(Configuration configuration, String backend) {
    QueueSection queue = configuration.queue();
    List<URI> urls = Stream.of(queue.url().orElseThrow().split(",", -1)).map(URI::create).toList();
    var settings =
        NatsSettings.of(urls.get(0), backend, new AvatarId(configuration.avatar().id()))
            .withUrls(urls)
            .withTopic(queue.topic())
            .withRoutes(Set.copyOf(queue.routes()))
            .withNames(queue.stream(), queue.consumer())
            .withAckWait(queue.ackWait())
            .withReplicas(queue.replicas())
            .withLogin(login(queue));
    return queue.caFile().map(settings::withCaFile).orElse(settings);
  }

  private static NatsLogin login(QueueSection queue) {
    return queue
        .credentialsFile()
        .<NatsLogin>map(NatsLogin.CredentialsFile::new)
        .or(() -> queue.tokenFile().map(file -> new NatsLogin.Token(file.secret())))
        .or(() -> queue.nkeyFile().map(file -> new NatsLogin.NkeyFile(file.path())))
        .or(() -> password(queue))
        .orElseGet(NatsLogin.None::new);
  }

  private static Optional<NatsLogin> password(QueueSection queue) {
    return queue
        .username()
        .flatMap(
            user ->
                queue
                    .passwordFile()
                    .map(SecretFile::secret)
                    .map(secret -> new NatsLogin.Password(user, secret)));
  }

  /** Has the configured backend know the tasks of the queue, and take their reports. */
  static final class Backed extends AbstractModule {
    @Override
    protected void configure() {
      requireBinding(HttpBackend.class);
      requireBinding(HeldTasks.class);
    }

    @Provides
    StatusReporter statuses(HttpBackend backend, HeldTasks held) {
      return new ClaimedReports(held, backend.statuses(), backend.tasks());
    }
  }

  /** Has the queue in place of a backend: it knows the tasks and takes their reports. */
  static final class Whole extends AbstractModule {
    @Override
    protected void configure() {
      requireBinding(Configuration.class);
      requireBinding(NatsQueue.class);
      requireBinding(HeldTasks.class);
      requireBinding(Redactor.class);
    }

    @Provides
    @Singleton
    NatsTasks tasks(Configuration configuration, NatsQueue queue, Redactor redactor) {
      return queue.tasks(QueueAccess.documents(configuration, redactor));
    }

    @Provides
    TaskSource source(NatsTasks tasks) {
      return tasks.tasks();
    }

    @Provides
    StatusReporter statuses(NatsTasks tasks, HeldTasks held) {
      return new ClaimedReports(held, tasks.statuses(), tasks.tasks());
    }
  }
}
