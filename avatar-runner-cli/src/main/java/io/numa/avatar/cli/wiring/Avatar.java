package io.numa.avatar.cli.wiring;

import com.google.inject.AbstractModule;
import com.google.inject.Guice;
import com.google.inject.Injector;
import com.google.inject.Module;
import com.google.inject.Stage;
import io.numa.avatar.backend.HttpBackend;
import io.numa.avatar.git.JGitRepository;
import io.numa.avatar.process.LocalCommandRunner;
import io.numa.avatar.process.ProcessControl;
import io.numa.avatar.run.TaskRunner;
import io.numa.avatar.worker.AvatarWorker;
import java.util.ArrayList;
import java.util.Arrays;

/** An assembled avatar. Whoever assembles it closes it. */
public final class Avatar implements AutoCloseable {
  private final Injector injector;
  private final boolean connected;

  private Avatar(boolean connected, Module... modules) {
    this.connected = connected;
    this.injector = Guice.createInjector(Stage.PRODUCTION, strict(modules));
  }

  private static Iterable<Module> strict(Module... modules) {
    var rules =
        new AbstractModule() {
          @Override
          protected void configure() {
            binder().requireExplicitBindings();
            binder().disableCircularProxies();
            binder().requireAtInjectOnConstructors();
            binder().requireExactBindingAnnotations();
          }
        };
    var all = new ArrayList<Module>(Arrays.asList(modules));
    all.add(0, rules);
    return all;
  }

  /** Assembles an avatar that takes its tasks from the configured backend. */
  public static Avatar connected(Setup setup) {
    return new Avatar(
        true,
        new RunModule(setup),
        new GitModule(),
        new ProcessModule(),
        new BackendModule(),
        new WorkerModule());
  }

  /** Assembles an avatar for one task given by hand; it has no worker and no backend. */
  public static Avatar alone(Setup setup, SingleTask task) {
    return new Avatar(
        false,
        new RunModule(setup),
        new GitModule(),
        new ProcessModule(),
        new SingleTaskModule(task));
  }

  public AvatarWorker worker() {
    return injector.getInstance(AvatarWorker.class);
  }

  public TaskRunner runner() {
    return injector.getInstance(TaskRunner.class);
  }

  public JGitRepository repository() {
    return injector.getInstance(JGitRepository.class);
  }

  public HttpBackend backend() {
    return injector.getInstance(HttpBackend.class);
  }

  /** How surely commands are ended with all they started. */
  public ProcessControl processControl() {
    return injector.getInstance(LocalCommandRunner.class).control();
  }

  /** Breaks off calls that are under way, and gives back connections. */
  @Override
  public void close() {
    if (connected) {
      backend().close();
    }
  }
}
