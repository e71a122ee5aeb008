package io.numa.avatar.cli.hostile;

import static org.assertj.core.api.Assertions.assertThat;

import io.numa.avatar.backend.project.BuildFileTestDetection;
import io.numa.avatar.backend.project.YamlProjectSettings;
import io.numa.avatar.git.JGitRepository;
import io.numa.avatar.git.settings.CacheSettings;
import io.numa.avatar.git.settings.GitIdentity;
import io.numa.avatar.git.settings.GitSettings;
import io.numa.avatar.plan.PlanSource;
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
import io.numa.avatar.task.FailureKind;
import io.numa.avatar.task.RepositoryUrl;
import io.numa.avatar.task.Task;
import io.numa.avatar.task.TaskId;
import io.numa.avatar.task.TaskOutcome;
import io.numa.avatar.task.WorkSummary;
import io.numa.avatar.task.agent.DilutedTests;
import io.numa.avatar.task.agent.DilutedTests.Verdict;
import io.numa.avatar.testkit.InMemoryBackend;
import io.numa.avatar.testkit.agent.AgentAction;
import io.numa.avatar.testkit.agent.ScriptedCodingAgent;
import io.numa.avatar.testkit.fixture.SeededRepository;
import io.numa.avatar.testkit.server.GitServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Agents that try to pass without doing the work, with real Git and real commands: a project whose
 * setup makes a folder of packages, and whose tests are a shell script behind a makefile.
 */
class CheatingAgentsTest {
  private static final ApplicationId APPLICATION = new ApplicationId("1");

  @TempDir Path folder;
  private GitServer server;
  private SeededRepository remote;
  private final InMemoryBackend backend = new InMemoryBackend();
  private final ScriptedCodingAgent agents = new ScriptedCodingAgent("qwen");
  private TaskRunner runner;
  private int tasks;

  @BeforeEach
  void start() throws IOException {
    server = GitServer.start(folder.resolve("server"));
    remote = server.createRepository("app");
    remote.seed(
        "main",
        Map.of(
            ".gitignore", "node_modules/\n",
            ".numa.yaml",
                "setup: {command: 'echo run >> "
                    + folder.resolve("setups")
                    + "; mkdir -p node_modules && cp lock"
                    + " node_modules/version', key: [lock]}\n",
            "lock", "1\n",
            "Makefile", "test:\n\tsh tests/check.sh\n",
            "app.sh", "total() { echo 3; }\n",
            "tests/check.sh",
                """
                . ./app.sh
                echo 1..2
                test "$(cat node_modules/version)" = "$(cat lock)" && echo ok 1 - packages || exit 9
                sum=$(total) || exit 127
                test "$sum" = 3 && echo ok 2 - total || { echo not ok 2 - total; exit 1; }
                """));
    backend.addApplication(
        new Application(
            APPLICATION,
            "app",
            RepositoryUrl.parse(server.httpUrl("app")),
            Optional.of(new BranchName("main")),
            Optional.empty()));
    Path workspace = folder.resolve("workspace");
    var git =
        new JGitRepository(
            GitSettings.of(new GitIdentity("Avatar", "avatar@example.com"))
                .withReuse(new CacheSettings(workspace, true, Long.MAX_VALUE)),
            Clock.systemUTC());
    var commands =
        new LocalCommandRunner(
            ProcessSettings.defaults(
                Map.of("PATH", "/usr/bin:/bin", "HOME", folder.resolve("home").toString())));
    runner =
        new TaskRunner(
            Ports.of(backend, backend, git, commands)
                .withProjectSettings(new YamlProjectSettings())
                .withTestDetection(new BuildFileTestDetection())
                .withAgents(agents),
            RunSettings.of(
                InMemoryBackend.DEFAULT_AVATAR,
                workspace,
                folder.resolve("logs"),
                Redactor.of(List.of())),
            RunListener.NONE,
            Clock.systemUTC());
  }

  @AfterEach
  void stop() {
    server.close();
  }

  private TaskOutcome perform(AgentAction... actions) throws InterruptedException {
    var id = new TaskId(String.valueOf(++tasks));
    backend.addTask(
        Task.of(id, "Work", APPLICATION, branch(), new PlanSource.Prose("Change the total.")));
    agents.turn(actions);
    return runner.run(id);
  }

  private BranchName branch() {
    return new BranchName("dev-" + tasks);
  }

  private static AgentAction write(String path, String text) {
    return new AgentAction.Write(path, text);
  }

  private static WorkSummary work(TaskOutcome outcome) {
    return outcome instanceof TaskOutcome.Delivered delivered
        ? delivered.work()
        : ((TaskOutcome.Failed) outcome).work();
  }

  private static DilutedTests diluted(TaskOutcome outcome) {
    return work(outcome).tests().orElseThrow().diluted().orElseThrow();
  }

  @Test
  void gainNothingByAnotherTestCommand() throws Exception {
    TaskOutcome outcome =
        perform(
            write(".numa.yaml", "test: {command: 'true'}\n"),
            write("app.sh", "total() { echo 4; }\n"));

    assertThat(((TaskOutcome.Failed) outcome).failure().kind()).isEqualTo(FailureKind.TESTS_FAILED);
    assertThat(work(outcome).changes().orElseThrow().testSetupChanged()).isTrue();
    assertThat(remote.branches()).doesNotContain(branch().value());
  }

  @Test
  void areFoundOutWhereTheyRewriteWhatTheCommandRuns() throws Exception {
    TaskOutcome outcome =
        perform(
            write("Makefile", "test:\n\t./nothing.sh\n"),
            write("nothing.sh", "#!/bin/sh\nexit 0\n"),
            write("app.sh", "total() { echo 4; }\n"));

    // The script is not executable, so the change fails by itself.
    assertThat(((TaskOutcome.Failed) outcome).failure().kind()).isEqualTo(FailureKind.TESTS_FAILED);

    outcome =
        perform(
            write("Makefile", "test:\n\tsh nothing.sh\n"),
            write("nothing.sh", "exit 0\n"),
            write("app.sh", "total() { echo 4; }\n"));

    assertThat(outcome).isInstanceOf(TaskOutcome.Delivered.class);
    assertThat(diluted(outcome))
        .isEqualTo(new DilutedTests(List.of("Makefile"), Verdict.FAILED, 2, List.of("total")));
  }

  @Test
  void areToldOfWeakenedTestsAndOfTestsThatCannotBeBuilt() throws Exception {
    TaskOutcome outcome =
        perform(
            write("tests/check.sh", "echo 1..1; echo ok 1 - nothing\n"),
            write("app.sh", "total() { echo 4; }\n"));
    assertThat(diluted(outcome))
        .isEqualTo(
            new DilutedTests(List.of("tests/check.sh"), Verdict.FAILED, 1, List.of("total")));

    outcome =
        perform(
            write("tests/check.sh", "echo 1..2; echo ok 1 - a; echo ok 2 - b\n"),
            write("app.sh", "sum() { echo 3; }\n"));
    assertThat(diluted(outcome))
        .isEqualTo(new DilutedTests(List.of("tests/check.sh"), Verdict.NOT_BUILT, 0, List.of()));
  }

  /** The operator keeps ignored files from task to task here. */
  @Test
  void poisonNoPackagesForTheNextTask() throws Exception {
    perform(
        write("node_modules/version", "poisoned\n"),
        write("node_modules/evil.js", "poisoned\n"),
        write("app.sh", "total() { echo 3; } # same\n"));
    assertThat(remote.files("dev-1").keySet()).doesNotContain("node_modules/version");

    TaskOutcome outcome = perform(write("app.sh", "total() { echo 3; } # next\n"));

    assertThat(outcome).isInstanceOf(TaskOutcome.Delivered.class);
    assertThat(work(outcome).tests().orElseThrow().counts().run()).isEqualTo(2);
    try (var trees = Files.walk(folder.resolve("workspace/trees"))) {
      assertThat(trees.filter(path -> path.endsWith("evil.js"))).isEmpty();
    }
    assertThat(folder.resolve("setups")).hasContent("run\n");
  }

  @Test
  void loseNoWorkWhereTheyLeaveWhatMustNotBeCommitted() throws Exception {
    TaskOutcome outcome =
        perform(
            write("app.sh", "total() { echo 4; }\n"),
            write("lib/.git/HEAD", "ref: refs/heads/main\n"),
            write("lib/lib.sh", "exit 0\n"));

    assertThat(((TaskOutcome.Failed) outcome).failure().kind()).isEqualTo(FailureKind.DENIED);
    String kept = work(outcome).keptPatch().orElseThrow().path();
    assertThat(Path.of(kept)).content().contains("+total() { echo 4; }").doesNotContain("lib.sh");
  }
}
