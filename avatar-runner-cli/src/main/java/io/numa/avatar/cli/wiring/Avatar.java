package io.numa.avatar.cli.wiring;

import com.google.inject.Binder;
import com.google.inject.CreationException;
import com.google.inject.Guice;
import com.google.inject.Injector;
import com.google.inject.Key;
import com.google.inject.Module;
import com.google.inject.Stage;
import com.google.inject.spi.Message;
import io.numa.avatar.agent.settings.AgentsSettings;
import io.numa.avatar.backend.HttpBackend;
import io.numa.avatar.cli.config.Configuration;
import io.numa.avatar.cli.config.GitSection;
import io.numa.avatar.cli.wiring.notice.NoticeModule;
import io.numa.avatar.egress.registry.RegistrySetup;
import io.numa.avatar.followup.LookOut;
import io.numa.avatar.git.JGitRepository;
import io.numa.avatar.git.settings.GitCredentials;
import io.numa.avatar.git.settings.GitSettings;
import io.numa.avatar.journal.SqliteJournal;
import io.numa.avatar.journal.StateException;
import io.numa.avatar.nats.NatsQueue;
import io.numa.avatar.nats.settings.NatsSettings;
import io.numa.avatar.operation.LiveTasks;
import io.numa.avatar.operation.Reloading;
import io.numa.avatar.port.agent.CodingAgents;
import io.numa.avatar.port.journal.Journal;
import io.numa.avatar.process.LocalCommandRunner;
import io.numa.avatar.process.ProcessControl;
import io.numa.avatar.process.sandbox.LocalSandboxes;
import io.numa.avatar.run.InMemoryJournal;
import io.numa.avatar.run.RunSettings;
import io.numa.avatar.run.TaskRunner;
import io.numa.avatar.run.guard.DiskFloor;
import io.numa.avatar.run.notice.OutcomeNotices;
import io.numa.avatar.server.ServedAvatar;
import io.numa.avatar.telemetry.Tracing;
import io.numa.avatar.worker.AvatarWorker;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/** An assembled avatar. The caller must close it. */
public final class Avatar implements AutoCloseable {
  private final Injector injector;

  private Avatar(Module... modules) {
    prepareInjection();
    var all =
        Stream.<Module>concat(Stream.of(Avatar::requireStrictness), Stream.of(modules)).toList();
    this.injector = assemble(all);
  }

  /**
   * Guice would generate classes that call the modules' methods, and find out the line of each
   * binding for its messages; an avatar starts earlier without.
   */
  static void prepareInjection() {
    System.setProperty("guice_bytecode_gen_option", "DISABLED");
    System.setProperty("guice_include_stack_traces", "OFF");
  }

  /**
   * Throws the failure of a part itself: Guice's report of it is hundreds of lines long, and names
   * it once for each part that needs the failed one.
   */
  private static Injector assemble(List<Module> modules) {
    try {
      return Guice.createInjector(Stage.PRODUCTION, modules);
    } catch (CreationException e) {
      throw e.getErrorMessages().stream()
          .map(Message::getCause)
          .filter(RuntimeException.class::isInstance)
          .map(RuntimeException.class::cast)
          .findFirst()
          .orElse(e);
    }
  }

  private static void requireStrictness(Binder binder) {
    binder.requireExplicitBindings();
    binder.disableCircularProxies();
    binder.requireAtInjectOnConstructors();
    binder.requireExactBindingAnnotations();
  }

  /**
   * Assembles an avatar that takes its tasks from the configured backend.
   *
   * @throws StateException if the journal cannot be opened, such as when another avatar uses it
   */
  public static Avatar connected(Setup setup) {
    return connected(setup, journal -> journal);
  }

  /** The same; {@code watched} wraps the journal, for tests. */
  static Avatar connected(Setup setup, UnaryOperator<Journal> watched) {
    Journal journal = watched.apply(SqliteJournal.open(setup.configuration().avatar().stateDir()));
    boolean done = false;
    try {
      var avatar =
          new Avatar(
              new RunModule(setup),
              new GitModule(),
              new ForgeModule(),
              new ProcessModule(),
              SandboxModule.of(setup),
              new AgentModule(),
              new NoticeModule(setup.configuration().receivers()),
              QueueModule.taskSource(setup.configuration().queue()),
              new JournalModule(journal),
              new WorkerModule(),
              new OperationModule());
      done = true;
      return avatar;
    } finally {
      if (!done) {
        journal.close();
      }
    }
  }

  /**
   * Assembles the parts of an avatar for {@code doctor} to check; takes no tasks.
   *
   * @param scratch for what parts write; the folders of the configuration stay as they are
   */
  public static Avatar inParts(Setup setup, Path scratch) {
    return new Avatar(
        new RunModule(setup),
        new GitModule(),
        new ForgeModule(),
        new ProcessModule(),
        new SandboxModule(scratch),
        new AgentModule(),
        new NoticeModule(List.of()),
        QueueModule.taskSource(setup.configuration().queue()),
        new JournalModule(new InMemoryJournal()));
  }

  /** Assembles an avatar for one task given by hand; it has no worker and no backend. */
  public static Avatar alone(Setup setup, SingleTask task) {
    return new Avatar(
        new RunModule(setup),
        new GitModule(task.project().repository()),
        new ProcessModule(),
        SandboxModule.of(setup),
        new AgentModule(),
        new NoticeModule(List.of()),
        new SingleTaskModule(task),
        new JournalModule(new InMemoryJournal()));
  }

  /**
   * Uses the keys of a configuration that hold without a restart, from the next poll and the next
   * task on.
   *
   * @param changed the keys with other values than before. Where one is of the agents, they are
   *     replaced, which forgets their outages.
   */
  public void use(Configuration configuration, Collection<String> changed) {
    Setup setup = injector.getInstance(Setup.class);
    configuration.secrets().forEach(setup.redactor()::add);
    find(HttpBackend.class).ifPresent(it -> it.use(configuration.backend().token()));
    if (changed.contains("git.credentials")) {
      useCredentials(configuration.git(), setup);
    }
    if (changed.stream().anyMatch(key -> key.startsWith("agents."))) {
      injector.getInstance(ReplaceableAgents.class).use(configuration.agents(), setup.redactor());
    }
    RunSettings settings =
        RunModule.settings(setup, configuration, ForgeModule.proposals(configuration));
    injector.getInstance(LiveTasks.class).use(settings);
    runner().use(settings);
    DiskFloor disks = injector.getInstance(DiskFloor.class);
    worker().use(WorkerModule.settings(setup, configuration, disks));
  }

  private void useCredentials(GitSection git, Setup setup) {
    GitCredentials credentials = GitModule.credentials(git, setup.environment());
    repository().use(credentials);
    injector
        .getInstance(ReplaceableServices.class)
        .use(
            ForgeModule.services(
                git.credentials(),
                gitSettings().withCredentials(credentials),
                injector.getInstance(Clock.class),
                repository()));
  }

  public AvatarWorker worker() {
    return injector.getInstance(AvatarWorker.class);
  }

  /** Looks after the change requests that the avatar has opened; it is not started. */
  public LookOut lookOut() {
    return injector.getInstance(LookOut.class);
  }

  /**
   * Lets operators reach the avatar. The caller must close it first.
   *
   * @param reloading reads its configuration anew, as they order
   * @throws IOException if the server cannot be had, such as when another process listens there
   */
  public OperatorAccess openToOperators(Reloading reloading) throws IOException {
    return OperatorAccess.open(
        injector.getInstance(Setup.class),
        injector.getInstance(ServedAvatar.class),
        reloading,
        injector.getInstance(Clock.class));
  }

  /**
   * The same, with a server at any free port of this machine's own address. The configuration's
   * address does not count.
   */
  public OperatorAccess openToOperatorsHere() throws IOException {
    return OperatorAccess.open(
        injector.getInstance(Setup.class),
        injector.getInstance(ServedAvatar.class),
        injector.getInstance(Clock.class),
        new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
  }

  public OutcomeNotices notices() {
    return injector.getInstance(OutcomeNotices.class);
  }

  public TaskRunner runner() {
    return injector.getInstance(TaskRunner.class);
  }

  public JGitRepository repository() {
    return injector.getInstance(JGitRepository.class);
  }

  /** The settings for Git hosts: network and credentials. */
  public GitSettings gitSettings() {
    return injector.getInstance(GitSettings.class);
  }

  private <T> Optional<T> find(Class<T> part) {
    return Optional.ofNullable(injector.getExistingBinding(Key.get(part)))
        .map(binding -> binding.getProvider().get());
  }

  /** The backend; a queue of whole tasks has none. */
  public HttpBackend backend() {
    return injector.getInstance(HttpBackend.class);
  }

  /** The settings of the queue, which the configuration must name. */
  public NatsSettings queueSettings() {
    return QueueModule.settings(injector.getInstance(Setup.class).configuration());
  }

  public CodingAgents agents() {
    return injector.getInstance(CodingAgents.class);
  }

  public AgentsSettings agentsSettings() {
    return injector.getInstance(AgentsSettings.class);
  }

  public LocalSandboxes sandboxes() {
    return injector.getInstance(LocalSandboxes.class);
  }

  /** The registries that sandboxes fetch from, and what could not be used. */
  public RegistrySetup registries() {
    return injector.getInstance(WayOut.class).registries();
  }

  /** How reliably the avatar ends a command with all processes that it started. */
  public ProcessControl processControl() {
    return injector.getInstance(LocalCommandRunner.class).control();
  }

  /** Aborts running calls, sends what is left of traces, and closes connections and the journal. */
  @Override
  public void close() {
    injector.getInstance(Tracing.class).close();
    find(HttpBackend.class).ifPresent(HttpBackend::close);
    find(NatsQueue.class).ifPresent(NatsQueue::close);
    find(ReplaceableServices.class).ifPresent(ReplaceableServices::close);
    injector.getInstance(WayOut.class).close();
    notices().close();
    injector.getInstance(Journal.class).close();
  }
}
