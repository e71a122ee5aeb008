package io.numa.avatar.cli.hostile;

import static java.nio.file.LinkOption.NOFOLLOW_LINKS;
import static org.assertj.core.api.Assertions.assertThat;

import io.numa.avatar.backend.plan.PlanReader;
import io.numa.avatar.backend.project.BuildFileTestDetection;
import io.numa.avatar.backend.project.YamlProjectSettings;
import io.numa.avatar.git.JGitRepository;
import io.numa.avatar.git.settings.CacheSettings;
import io.numa.avatar.git.settings.GitIdentity;
import io.numa.avatar.git.settings.GitSettings;
import io.numa.avatar.plan.TestCommand;
import io.numa.avatar.port.repository.CheckoutRequest;
import io.numa.avatar.port.repository.Repository;
import io.numa.avatar.port.repository.TransferProgress;
import io.numa.avatar.port.repository.WorkingCopy;
import io.numa.avatar.process.LocalCommandRunner;
import io.numa.avatar.process.ProcessSettings;
import io.numa.avatar.run.Ports;
import io.numa.avatar.run.RunListener;
import io.numa.avatar.run.RunSettings;
import io.numa.avatar.run.TaskRunner;
import io.numa.avatar.run.guard.Guard;
import io.numa.avatar.run.secret.Redactor;
import io.numa.avatar.task.Application;
import io.numa.avatar.task.ApplicationId;
import io.numa.avatar.task.BranchName;
import io.numa.avatar.task.RepositoryUrl;
import io.numa.avatar.task.Task;
import io.numa.avatar.task.TaskId;
import io.numa.avatar.task.TaskOutcome;
import io.numa.avatar.testkit.InMemoryBackend;
import io.numa.avatar.testkit.fixture.SeededRepository;
import io.numa.avatar.testkit.fixture.TreeFile;
import io.numa.avatar.testkit.server.GitServer;
import io.numa.avatar.workspace.ProtectedPaths;
import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;

/**
 * An avatar with real Git and real commands, a repository full of traps, and canaries around the
 * workspace. As {@code avatar run} does, it keeps mirrors and working trees from plan to plan; each
 * plan must find the same tree as the first one.
 */
final class HostileWorld implements AutoCloseable {
  static final Guard GUARD =
      new Guard(
          new ProtectedPaths(List.of(".github/workflows/**", "**/*.lock")), 50, 1 << 20, 3 << 20);
  private static final ApplicationId APPLICATION = new ApplicationId("1");

  private final Path root;
  private final GitServer server;
  private final SeededRepository remote;
  private final InMemoryBackend backend = new InMemoryBackend();
  private final TaskRunner runner;
  private final Map<String, String> homeBefore = new HashMap<>();
  private final Map<String, String> homeAfter = new HashMap<>();
  private final Map<String, String> pristine = new HashMap<>();
  private int tasks;

  HostileWorld(Path folder) throws IOException {
    root = folder.toRealPath();
    server = GitServer.start(root.resolve("server"));
    remote = server.createRepository("app");
    for (String place : List.of("outside", "user", "avatar", "avatar/workspace", "avatar/logs")) {
      Canaries.settle(root.resolve(place));
    }
    Canaries.settle(root.resolve("avatar/state"));
    remote.commit("main", "traps", traps());
    backend.addApplication(
        new Application(
            APPLICATION,
            "app",
            RepositoryUrl.parse(
                server.path("app").toUri().toString().replace("file:/", "file:///")),
            Optional.empty(),
            Optional.of(new TestCommand.None())));
    runner = new TaskRunner(ports(), settings(), RunListener.NONE, Clock.systemUTC());
  }

  private Ports ports() {
    var git =
        new JGitRepository(
            GitSettings.of(new GitIdentity("Avatar", "avatar@example.com"))
                .withReuse(CacheSettings.in(root.resolve("avatar/workspace"))),
            Clock.systemUTC());
    var commands =
        new LocalCommandRunner(
            ProcessSettings.defaults(
                Map.of("PATH", "/usr/bin:/bin", "HOME", root.resolve("user").toString())));
    return Ports.of(backend, backend, watched(git), commands)
        .withProjectSettings(new YamlProjectSettings())
        .withTestDetection(new BuildFileTestDetection());
  }

  private RunSettings settings() {
    return RunSettings.of(
            InMemoryBackend.DEFAULT_AVATAR,
            root.resolve("avatar/workspace"),
            root.resolve("avatar/logs"),
            Redactor.of(List.of()))
        .withGuard(GUARD);
  }

  /** The files that a hostile author has put into the repository. */
  private Map<String, TreeFile> traps() {
    Map<String, TreeFile> traps = new TreeMap<>();
    traps.put("README.md", TreeFile.of("one\ntwo\nthree\n"));
    traps.put("run.sh", TreeFile.executable("#!/bin/sh\n"));
    traps.put("dir/file.txt", TreeFile.of("a file\n"));
    traps.put("composer.lock", TreeFile.of("locked\n"));
    traps.put(".github/workflows/ci.yml", TreeFile.of("on: push\n"));
    link(traps, "abs", root.resolve("outside").toString());
    link(traps, "rel", "../../../../../../outside");
    link(traps, "beside", "../../beside");
    link(traps, "file", root.resolve("outside/canary.txt").toString());
    link(traps, "chain", "abs");
    link(traps, "chain2", "chain");
    link(traps, "loop", "loop");
    link(traps, "loop1", "loop2");
    link(traps, "loop2", "loop1");
    link(traps, "dead", "nowhere");
    link(traps, "deadout", root.resolve("outside/new").toString());
    link(traps, "git", "../.git");
    link(traps, "hooks", "../.git/hooks");
    link(traps, "realgit", "../../git");
    link(traps, "root", "/");
    link(traps, "proc", "/proc/self/cwd");
    link(traps, "up", "..");
    link(traps, "upup", "../..");
    link(traps, "back", "../../tree/dir");
    link(traps, "dirup", "../dir/../..");
    link(traps, "user", root.resolve("user").toString());
    link(traps, "workflows", "../.github/workflows");
    return traps;
  }

  private static void link(Map<String, TreeFile> traps, String name, String target) {
    traps.put("links/" + name, TreeFile.link(target));
  }

  /**
   * Wraps the repository: records the files beside each working tree when the tree is made and when
   * it is removed.
   */
  private Repository watched(Repository real) {
    return new Repository() {
      @Override
      public WorkingCopy checkOut(CheckoutRequest request, Consumer<TransferProgress> progress)
          throws InterruptedException {
        WorkingCopy copy = real.checkOut(request, progress);
        try {
          Canaries.settle(request.home().resolve("beside"));
          homeBefore.putAll(lookAtHome(request.home()));
          requirePristine(copy.directory());
        } catch (IOException e) {
          throw new AssertionError(e);
        }
        return watched(copy, request.home());
      }
    };
  }

  private void requirePristine(Path tree) throws IOException {
    Map<String, String> seen = Canaries.lookAtContents(tree);
    seen.keySet().removeIf(name -> name.equals(".git") || name.startsWith(".git/"));
    if (pristine.isEmpty()) {
      pristine.putAll(seen);
    }
    assertThat(seen).as("the working tree that the plan finds").isEqualTo(pristine);
  }

  private WorkingCopy watched(WorkingCopy real, Path home) {
    return (WorkingCopy)
        Proxy.newProxyInstance(
            getClass().getClassLoader(),
            new Class<?>[] {WorkingCopy.class},
            (proxy, method, arguments) -> {
              if (method.getName().equals("close")) {
                homeAfter.putAll(lookAtHome(home));
              }
              try {
                return method.invoke(real, arguments);
              } catch (InvocationTargetException e) {
                throw e.getCause();
              }
            });
  }

  /** Everything except Git's objects, as the commit adds some. */
  private static Map<String, String> lookAtHome(Path home) throws IOException {
    Map<String, String> seen = Canaries.look(home.resolve("beside"), Set.of());
    Path git = home.resolve("git");
    Canaries.look(git, Set.of(git.resolve("objects")))
        .forEach((name, what) -> seen.put("git/" + name, withoutTimes(name, what)));
    return seen;
  }

  /**
   * Ignores the times of the configuration, which is rewritten with the same content before use.
   */
  private static String withoutTimes(String name, String what) {
    return name.equals("config") ? what.substring(what.lastIndexOf(' ')) : what;
  }

  /** The state of everything except the task's folders and the caches, byte by byte. */
  Map<String, String> look(boolean withRemote) throws IOException {
    TaskId task = task(tasks);
    Set<Path> own =
        Set.of(
            home(tasks),
            root.resolve("avatar/logs").resolve(task.fileName()),
            root.resolve("avatar/workspace/mirrors"),
            root.resolve("avatar/workspace/trees"),
            root.resolve("avatar/workspace/seal"),
            root.resolve(withRemote ? "none" : "server"));
    return Canaries.look(root, own);
  }

  /** The files beside the tree right after its checkout. */
  Map<String, String> homeBefore() {
    return homeBefore;
  }

  /** The files beside the tree after the task. */
  Map<String, String> homeAfter() {
    return homeAfter;
  }

  /** The folder of a task's attempts. */
  private Path home(int task) {
    return root.resolve("avatar/workspace").resolve(task(task).fileName());
  }

  private static TaskId task(int number) {
    return new TaskId("T-" + number);
  }

  /** Prepares for the next plan. */
  HostileWorld next() throws IOException {
    tasks++;
    homeBefore.clear();
    homeAfter.clear();
    for (String folder : List.of(task(tasks).fileName(), "mirrors", "trees")) {
      Files.createDirectories(root.resolve("avatar/workspace").resolve(folder));
    }
    Files.createDirectories(root.resolve("avatar/logs").resolve(task(tasks).fileName()));
    return this;
  }

  /** Carries out a plan with these steps, given as YAML. */
  TaskOutcome run(String steps) throws InterruptedException {
    String plan =
        "version: 1\nsteps:\n"
            + steps
                .replace("@OUT", root.resolve("outside").toString())
                .replace("@HOME", home(tasks).toString());
    backend.addTask(
        Task.of(
            task(tasks),
            "Break out",
            APPLICATION,
            new BranchName("dev-" + tasks),
            new PlanReader().read(plan)));
    TaskOutcome outcome = runner.run(task(tasks));
    assertThat(backend.states(task(tasks))).isNotEmpty();
    return outcome;
  }

  /** The files of the plan's branch that are new or differ from the base. */
  Map<String, TreeFile> pushed() {
    Map<String, TreeFile> files = new TreeMap<>(remote.files("dev-" + tasks));
    remote.files("main").forEach(files::remove);
    return files;
  }

  /** The files that the last task has left, except its log. */
  List<Path> left() throws IOException {
    if (Files.notExists(home(tasks), NOFOLLOW_LINKS)) {
      return List.of();
    }
    try (var files = Files.walk(home(tasks))) {
      return files.skip(1).toList();
    }
  }

  @Override
  public void close() {
    server.close();
  }
}
