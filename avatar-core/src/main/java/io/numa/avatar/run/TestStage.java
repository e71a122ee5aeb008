package io.numa.avatar.run;

import static java.nio.file.LinkOption.NOFOLLOW_LINKS;

import io.numa.avatar.plan.CommandLine;
import io.numa.avatar.plan.DevelopmentPlan;
import io.numa.avatar.plan.TestCommand;
import io.numa.avatar.port.ProjectSettings;
import io.numa.avatar.task.Application;
import io.numa.avatar.task.Stage;
import io.numa.avatar.task.Task;
import io.numa.avatar.task.TestReport;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/** Finds out how a project is tested, tests it, and reads what the tests wrote. */
final class TestStage {
  private static final String SETTINGS = ".numa.yaml";
  private static final long SETTINGS_LIMIT = 1 << 20;

  private final Path root;
  private final ProjectSettings settings;
  private final Commands commands;
  private final RunLog log;
  private final Clock clock;

  TestStage(Path root, ProjectSettings settings, Commands commands, RunLog log, Clock clock) {
    this.root = root;
    this.settings = settings;
    this.commands = commands;
    this.log = log;
    this.clock = clock;
  }

  /** Runs the project's tests; empty if it has none, or is to have none. */
  Optional<TestReport> run(
      DevelopmentPlan plan, Task task, Application application, Duration defaultTimeout)
      throws StoppedException, IOException, InterruptedException {
    TestCommand chosen = choose(plan, task, application);
    if (chosen instanceof TestCommand.Run tests) {
      return Optional.of(run(tests.command(), plan.testTimeout().orElse(defaultTimeout)));
    }
    log.say(Stage.TEST, "no tests: none were asked for, and none were recognised in the project");
    return Optional.empty();
  }

  private TestCommand choose(DevelopmentPlan plan, Task task, Application application)
      throws IOException {
    Optional<TestCommand> told = plan.test().or(() -> task.options().test()).or(application::test);
    if (told.isEmpty()) {
      told = fromProject();
    }
    return told.or(() -> TestDetector.detect(root).map(TestCommand.Run::new))
        .orElseGet(TestCommand.None::new);
  }

  private Optional<TestCommand> fromProject() throws IOException {
    Path file = root.resolve(SETTINGS);
    if (!Files.isRegularFile(file, NOFOLLOW_LINKS) || Files.size(file) > SETTINGS_LIMIT) {
      return Optional.empty();
    }
    return settings.testCommand(Files.readAllBytes(file));
  }

  private TestReport run(CommandLine command, Duration timeout)
      throws StoppedException, InterruptedException {
    Instant start = clock.instant();
    int exitCode = commands.run(Stage.TEST, command, root, Map.of(), Optional.of(timeout));
    var reports = JUnitReports.writtenSince(start, root);
    return new TestReport(
        command.display(),
        exitCode,
        reports.counts(),
        Duration.between(start, clock.instant()),
        reports.failures());
  }
}
