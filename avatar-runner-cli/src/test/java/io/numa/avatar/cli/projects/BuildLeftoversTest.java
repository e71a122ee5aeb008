package io.numa.avatar.cli.projects;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.numa.avatar.backend.project.BuildFileTestDetection;
import io.numa.avatar.plan.CommandLine.Shell;
import io.numa.avatar.plan.DevelopmentPlan;
import io.numa.avatar.plan.PlanSource;
import io.numa.avatar.plan.Step;
import io.numa.avatar.plan.WorkspacePath;
import io.numa.avatar.port.Command;
import io.numa.avatar.port.CommandResult;
import io.numa.avatar.port.PortException;
import io.numa.avatar.process.LocalCommandRunner;
import io.numa.avatar.process.ProcessSettings;
import io.numa.avatar.run.Ports;
import io.numa.avatar.run.RunListener;
import io.numa.avatar.run.RunSettings;
import io.numa.avatar.run.TaskRunner;
import io.numa.avatar.run.secret.Redactor;
import io.numa.avatar.task.Application;
import io.numa.avatar.task.ApplicationId;
import io.numa.avatar.task.BranchName;
import io.numa.avatar.task.RepositoryUrl;
import io.numa.avatar.task.Task;
import io.numa.avatar.task.TaskId;
import io.numa.avatar.task.TaskOutcome;
import io.numa.avatar.task.TestReport;
import io.numa.avatar.task.TestReport.Counts;
import io.numa.avatar.testkit.InMemoryBackend;
import io.numa.avatar.testkit.InMemoryRepository;
import io.numa.avatar.testkit.fixture.SeededRepository;
import io.numa.avatar.testkit.fixture.TreeFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Real runs of detected commands that write into the tree: the reports are read, and the commit
 * contains the change only. Skipped if the tool is missing.
 */
class BuildLeftoversTest {
  private static final TaskId TASK = new TaskId("T-1");
  private static final RepositoryUrl URL = RepositoryUrl.parse("https://git.example.com/shop.git");
  private static final Duration LIMIT = Duration.ofMinutes(2);

  /** A project without languages, so that no compiler is looked for. */
  private static final Map<String, String> CMAKE_PROJECT =
      Map.of(
          "CMakeLists.txt",
          """
          cmake_minimum_required(VERSION 3.21)
          project(shop NONE)
          enable_testing()
          add_test(NAME adds COMMAND ${CMAKE_COMMAND} -E true)
          add_test(NAME counts COMMAND ${CMAKE_COMMAND} -E compare_files two.txt change.txt
                   WORKING_DIRECTORY ${CMAKE_SOURCE_DIR})
          """,
          "two.txt",
          "two\n");

  private static final Map<String, String> MESON_PROJECT =
      Map.of(
          "meson.build",
          """
          project('shop')
          subdir('test')
          """,
          "test/meson.build",
          """
          test('adds', find_program('true'))
          test('counts', find_program('cmp'), args: [files('../two.txt', '../change.txt')])
          """,
          "two.txt",
          "two\n");

  @TempDir Path folder;
  private final InMemoryBackend backend = new InMemoryBackend();
  private final InMemoryRepository repository =
      new InMemoryRepository("Avatar", "avatar@example.com", Clock.systemUTC());
  private final SeededRepository seeded = repository.create(URL);

  @Test
  void cmakeLeavesNothingInTheCommit() throws IOException, InterruptedException {
    assumeRuns("cmake --version && ctest --version");
    TestReport report = tests(run(CMAKE_PROJECT, "two\n"));

    assertThat(report.counts()).isEqualTo(new Counts(2, 0, 0, 0));
    assertCommitted("CMakeLists.txt", "change.txt", "two.txt");
  }

  @Test
  void cmakeFindsTheBrokenChange() throws IOException, InterruptedException {
    assumeRuns("cmake --version && ctest --version");
    TaskOutcome outcome = run(CMAKE_PROJECT, "one\n");

    assertThat(outcome).isInstanceOf(TaskOutcome.Failed.class);
    assertThat(tests(outcome).counts()).isEqualTo(new Counts(2, 1, 0, 0));
    assertThat(seeded.branches()).containsExactly("main");
  }

  @Test
  void mesonLeavesNothingInTheCommit() throws IOException, InterruptedException {
    assumeRuns("meson --version && ninja --version");
    TestReport report = tests(run(MESON_PROJECT, "two\n"));

    assertThat(report.counts()).isEqualTo(new Counts(2, 0, 0, 0));
    assertCommitted("change.txt", "meson.build", "test/meson.build", "two.txt");
  }

  /** pallets: Python imported the installed copy of the package, and the broken tree passed. */
  @Test
  void pythonTestsTheTreeAndNoInstalledCopy() throws IOException, InterruptedException {
    assumeRuns("python3 --version");
    Path installed = Files.createDirectories(folder.resolve("installed"));
    Files.writeString(installed.resolve("basket.py"), "TWO = 'two'\n");
    Files.writeString(installed.resolve("other.py"), "");
    Map<String, String> project =
        Map.of(
            "src/basket.py",
            "import pathlib\nTWO = pathlib.Path('change.txt').read_text().strip()\n",
            "tests/test_basket.py",
            """
            import unittest
            import basket
            import other

            class BasketTest(unittest.TestCase):
                def test_counts(self):
                    self.assertEqual('two', basket.TWO)
            """);

    assertThat(run(project, "one\n", Map.of("PYTHONPATH", installed.toString())))
        .isInstanceOf(TaskOutcome.Failed.class);
    assertThat(backend.log(TASK)).contains("AssertionError: 'two' != 'one'");
  }

  private void assertCommitted(String... files) {
    assertThat(new TreeSet<>(seeded.files("dev-1").keySet())).containsExactly(files);
  }

  private static TestReport tests(TaskOutcome outcome) {
    return outcome instanceof TaskOutcome.Failed failed
        ? failed.work().tests().orElseThrow()
        : ((TaskOutcome.Delivered) outcome).work().tests().orElseThrow();
  }

  private TaskOutcome run(Map<String, String> files, String change)
      throws IOException, InterruptedException {
    return run(files, change, Map.of());
  }

  /** Lets an avatar write {@code change.txt}, test and push. */
  private TaskOutcome run(Map<String, String> files, String change, Map<String, String> variables)
      throws InterruptedException {

    var entries = new HashMap<String, TreeFile>();
    files.forEach((path, text) -> entries.put(path, TreeFile.of(text)));

    seeded.commit("main", "begin", entries);
    var project = new ApplicationId("7");
    backend.addApplication(
        new Application(project, "shop", URL, Optional.empty(), Optional.empty()));
    var write = new Step.Write(new WorkspacePath("change.txt"), Step.Content.File.utf8(change));
    backend.addTask(
        Task.of(
            TASK,
            "Change something",
            project,
            new BranchName("dev-1"),
            new PlanSource.Structured(DevelopmentPlan.of(write))));
    return new TaskRunner(
            Ports.of(backend, backend, repository, commands(variables))
                .withTestDetection(new BuildFileTestDetection()),
            RunSettings.of(
                    InMemoryBackend.DEFAULT_AVATAR,
                    folder.resolve("workspace"),
                    folder.resolve("logs"),
                    Redactor.of(List.of()))
                .withLimits(new RunSettings.Limits(LIMIT, LIMIT, LIMIT)),
            RunListener.NONE,
            Clock.systemUTC())
        .run(TASK);
  }

  private static LocalCommandRunner commands(Map<String, String> variables) {
    var environment = new HashMap<>(System.getenv());
    environment.putAll(variables);
    return new LocalCommandRunner(
        ProcessSettings.defaults(environment).withPassed(variables.keySet()));
  }

  private void assumeRuns(String line) throws InterruptedException {
    boolean runs;
    try {
      runs =
          commands(Map.of())
                      .run(
                          new Command(new Shell(line), folder, Map.of(), LIMIT),
                          (bytes, from, to) -> {})
                  instanceof CommandResult.Exited exited
              && exited.code() == 0;
    } catch (PortException e) {
      runs = false;
    }
    assumeTrue(runs, () -> "'" + line + "' does not work here");
  }
}
