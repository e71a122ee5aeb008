package io.numa.avatar.cli.command;

import io.numa.avatar.cli.command.common.ExitCode;
import io.numa.avatar.cli.command.common.Terminals;
import io.numa.avatar.cli.config.ConfigLoader;
import io.numa.avatar.cli.config.Configuration;
import io.numa.avatar.cli.config.EffectiveConfiguration;
import io.numa.avatar.cli.config.Purpose;
import io.numa.avatar.cli.console.ShellWord;
import io.numa.avatar.cli.demo.DemoAgent;
import io.numa.avatar.cli.demo.DemoWorld;
import io.numa.avatar.cli.doctor.ProgramSearch;
import io.numa.avatar.cli.wiring.Avatar;
import io.numa.avatar.cli.wiring.OperatorAccess;
import io.numa.avatar.cli.wiring.Setup;
import io.numa.avatar.run.RunSettings.Delivery;
import io.numa.avatar.run.secret.Redactor;
import io.numa.avatar.testkit.fixture.SeededRepository;
import io.numa.avatar.worker.AvatarWorker;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code avatar demo}: carries out one task while the user watches. */
@Command(
    name = "demo",
    description =
        "Starts a backend and a Git server on loopback, and carries out one task while you watch.")
final class DemoCommand implements Callable<Integer> {
  private static final Duration MOMENT = Duration.ofMillis(100);

  private final Terminals terminals;

  @Option(
      names = "--agent",
      description = {
        "Gives the task in words to a coding agent: to Qwen Code if 'qwen' is on PATH, otherwise to",
        "a small built-in one. A scripted model on loopback answers it; nothing leaves this machine."
      })
  private boolean agent;

  @Option(
      names = "--stay",
      description = {
        "Goes on until Ctrl-C ends it, so that you can look at the avatar's page. On a terminal, it",
        "also does if you have opened the page."
      })
  private boolean stay;

  DemoCommand(Terminals terminals) {
    this.terminals = terminals;
  }

  @Override
  public Integer call() throws InterruptedException {
    try (var world = agent ? DemoWorld.withAgent(qwen()) : DemoWorld.create();
        var view = new DemoView(terminals, world.agent().map(DemoAgent::name))) {
      introduce(world, view);
      return work(world, view);
    } catch (IOException e) {
      throw new UncheckedIOException("could not set up the demo: " + e.getMessage(), e);
    }
  }

  private Optional<Path> qwen() {
    String path = terminals.environment().getOrDefault("PATH", "");
    return new ProgramSearch(path).find("qwen");
  }

  private static void introduce(DemoWorld world, DemoView view) {
    view.say("A backend at " + world.backend().url() + " has a task: a basket's total is wrong.");
    if (world.agent().isPresent()) {
      view.say("The task is in words, for a coding agent:");
      view.say(DemoWorld.WORDS.indent(2).stripTrailing());
    }
    view.say("An avatar takes it. All files of the demo are in " + world.folder());
  }

  /** Runs an avatar as {@code run --serve} does, until the task has ended. */
  private int work(DemoWorld world, DemoView view) throws IOException, InterruptedException {
    EffectiveConfiguration known =
        ConfigLoader.load(world.config(), Map.of(), environment(), Purpose.RUN);
    Configuration configuration = known.configuration();
    var redactor = Redactor.of(configuration.secrets());
    try (var log = Logging.asText(line -> warn(line, view), configuration, redactor);
        var avatar =
            Avatar.connected(
                new Setup(
                    configuration,
                    view,
                    Delivery.PUSH,
                    OptionalInt.empty(),
                    environment(),
                    redactor,
                    known.files()));
        var access = avatar.openToOperatorsHere()) {
      String time = stay ? "" : ", while the demo runs; with --stay, until Ctrl-C";
      access.loginLink().ifPresent(link -> view.say("Its page" + time + ": " + link));
      avatar.worker().start();
      try (var aside = SandboxAside.ofWorker(avatar.worker(), avatar.sandboxes(), line -> {})) {
        awaitEnd(avatar.worker(), view);
        int exitCode = conclude(world, view);
        if (stay || (terminals.interactive() && access.linkUsed())) {
          stay(access, view);
        }
        avatar.worker().drain();
        avatar.worker().awaitStop();
        return exitCode;
      }
    }
  }

  /** A worker that the backend refuses stops before the task has ended. */
  private static void awaitEnd(AvatarWorker worker, DemoView view) throws InterruptedException {
    while (!view.awaitEnd(MOMENT) && !worker.awaitStop(Duration.ZERO)) {}
  }

  private static void stay(OperatorAccess access, DemoView view) throws InterruptedException {
    view.say("");
    access.loginLink().ifPresent(link -> view.say("The page stays until Ctrl-C: " + link));
    new CountDownLatch(1).await();
  }

  private static void warn(String line, DemoView view) {
    if (!line.startsWith("INFO")) {
      view.say(line);
    }
  }

  private static int conclude(DemoWorld world, DemoView view) {
    if (!world.repository().branches().contains(DemoWorld.BRANCH)) {
      view.say("Nothing was pushed.");
      return ExitCode.FAILED;
    }
    SeededRepository.LogEntry commit = world.repository().log(DemoWorld.BRANCH).get(0);
    view.head("Commit: the Git server has it on branch " + DemoWorld.BRANCH);
    view.say("commit " + commit.id());
    view.say("Author: " + commit.author() + " <" + commit.email() + ">");
    view.say("");
    commit
        .message()
        .lines()
        .takeWhile(line -> !line.startsWith("Numa-"))
        .map(line -> ("    " + line).stripTrailing())
        .forEach(view::say);
    view.say(
        "The backend received: "
            + String.join(", ", new LinkedHashSet<>(world.backend().statuses(DemoWorld.TASK))));
    String repository = ShellWord.of(world.repositoryFolder());
    view.head("Try next");
    view.say("git -C " + repository + " show " + DemoWorld.BRANCH);
    view.say(
        world.agent().isPresent()
            ? "OPENAI_API_KEY=... OPENAI_MODEL=... ./avatar exec --agent qwen --repo "
                + repository
                + " --prompt 'Count every piece'"
            : "./avatar exec --repo "
                + repository
                + " --plan "
                + ShellWord.of(world.plan())
                + " --dry-run");
    return ExitCode.SUCCESS;
  }

  /**
   * Removes the variables that configure another avatar: only the demo's own configuration counts.
   */
  private Map<String, String> environment() {
    var environment = new HashMap<>(terminals.environment());
    environment.keySet().removeIf(name -> name.startsWith("AVATAR_"));
    return environment;
  }
}
