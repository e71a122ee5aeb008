package io.numa.avatar.cli.projects;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeFalse;
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
import io.numa.avatar.task.FailureKind;
import io.numa.avatar.task.RepositoryUrl;
import io.numa.avatar.task.Task;
import io.numa.avatar.task.TaskId;
import io.numa.avatar.task.TaskOutcome;
import io.numa.avatar.task.TestReport;
import io.numa.avatar.task.TestReport.Counts;
import io.numa.avatar.task.TestReport.FailedTest;
import io.numa.avatar.testkit.InMemoryBackend;
import io.numa.avatar.testkit.InMemoryRepository;
import io.numa.avatar.testkit.fixture.TreeFile;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Tests projects of several kinds, each with a test that passes and one that fails, by real runs of
 * the command that their files indicate. Skipped if the tool is missing.
 */
class RealProjectsTest {
  private static final TaskId TASK = new TaskId("T-1");
  private static final RepositoryUrl URL = RepositoryUrl.parse("https://git.example.com/shop.git");
  private static final Duration LIMIT = Duration.ofMinutes(2);

  private static final String NODE_TEST =
      """
      const test = require('node:test');
      test('adds', () => {});
      test('counts', () => { throw new Error('one is not two'); });
      """;

  private static final String MAVEN_PROJECT =
      """
      <project>
        <modelVersion>4.0.0</modelVersion>
        <groupId>shop</groupId>
        <artifactId>shop</artifactId>
        <version>1</version>
        <properties>
          <maven.compiler.release>17</maven.compiler.release>
          <forkCount>0</forkCount>
          <project.build.sourceEncoding>UTF-8</project.build.sourceEncoding>
        </properties>
        <dependencies>
          <dependency>
            <groupId>org.junit.jupiter</groupId>
            <artifactId>junit-jupiter</artifactId>
            <version>%s</version>
            <scope>test</scope>
          </dependency>
        </dependencies>
        <build>
          <plugins>
            <plugin><artifactId>maven-resources-plugin</artifactId><version>%s</version></plugin>
            <plugin><artifactId>maven-compiler-plugin</artifactId><version>%s</version></plugin>
            <plugin><artifactId>maven-surefire-plugin</artifactId><version>%s</version></plugin>
            <plugin><artifactId>maven-jar-plugin</artifactId><version>%s</version></plugin>
          </plugins>
        </build>
      </project>
      """;

  @TempDir Path folder;
  private final InMemoryBackend backend = new InMemoryBackend();
  private final LocalCommandRunner commands =
      new LocalCommandRunner(ProcessSettings.defaults(environment()));

  @Test
  void maven() throws Exception {
    assumeRuns("mvn --version");
    TestReport report =
        test(
            Map.of(
                "pom.xml",
                MAVEN_PROJECT.formatted(
                    version("junit.version", "properties"),
                    plugin("resources"),
                    plugin("compiler"),
                    plugin("surefire"),
                    plugin("jar")),
                ".mvn/maven.config",
                offline(),
                ".mvn/jvm.config",
                "-XX:TieredStopAtLevel=1\n",
                "src/test/java/shop/BasketTest.java",
                """
                package shop;

                import static org.junit.jupiter.api.Assertions.assertEquals;

                import org.junit.jupiter.api.Test;

                class BasketTest {
                  @Test
                  void adds() {}

                  @Test
                  void counts() {
                    assertEquals(2, 1);
                  }
                }
                """));

    assumeFalse(
        report.counts().equals(Counts.NONE) && backend.log(TASK).contains("offline mode"),
        "the local Maven repository lacks something");
    assertReported(
        report,
        "mvn -B -fae -Dgpg.skip verify",
        1,
        new FailedTest("shop.BasketTest.counts", "expected: <2> but was: <1>"));
  }

  @Test
  void npmWithTap() throws Exception {
    assumeRuns("npm --version && node --test --test-reporter=tap /dev/null");
    TestReport report =
        test(
            Map.of(
                "package.json",
                scripts("node --test --test-reporter=tap"),
                "basket.test.js",
                NODE_TEST));

    assertReported(report, "npm test", 1, new FailedTest("counts", "one is not two"));
  }

  @Test
  void npmWithAReportOfNode() throws Exception {
    assumeRuns("npm --version && node --test --test-reporter=junit /dev/null");
    TestReport report =
        test(
            Map.of(
                "package.json",
                scripts("node --test --test-reporter=junit --test-reporter-destination=junit.xml"),
                "basket.test.js",
                NODE_TEST));

    assertReported(report, "npm test", 1, new FailedTest("test.counts", "one is not two"));
  }

  @Test
  void npmWithPackagesToFetch() throws Exception {
    assumeRuns("npm --version");
    TestReport report =
        test(
            Map.of(
                "package.json",
                """
                {"name": "shop", "scripts": {"test": "node check.js"},
                 "dependencies": {"basket": "file:basket"}}
                """,
                "package-lock.json",
                """
                {"name": "shop", "lockfileVersion": 3, "requires": true,
                 "packages": {"": {"name": "shop", "dependencies": {"basket": "file:basket"}},
                              "basket": {"version": "1.0.0"},
                              "node_modules/basket": {"resolved": "basket", "link": true}}}
                """,
                ".npmrc",
                "audit=false\nfund=false\noffline=true\n",
                "basket/package.json",
                "{\"name\": \"basket\", \"version\": \"1.0.0\"}",
                "basket/index.js",
                "module.exports = 7;\n",
                "check.js",
                "process.exit(require('basket'));\n"));

    assertUnreported(report, "npm ci && npm test", 7);
  }

  @Test
  void pytest() throws Exception {
    assumeRuns("python3 -m pytest --version");
    TestReport report =
        test(
            Map.of(
                "pytest.ini",
                "[pytest]\naddopts = -p no:cacheprovider\n",
                "test_basket.py",
                """
                def test_adds():
                    pass

                def test_counts():
                    assert 1 == 2
                """));

    assertReported(
        report,
        "python3 -m pytest --junitxml=.numa-tests/pytest.xml",
        1,
        new FailedTest("test_basket.test_counts", "assert 1 == 2"));
  }

  @Test
  void make() throws Exception {
    assumeRuns("make --version");
    TestReport report = test(Map.of("Makefile", "test:\n\t@echo one is not two; exit 1\n"));

    assertUnreported(report, "make test", 2);
    assertThat(backend.log(TASK)).contains("one is not two");
  }

  @Test
  void cargo() throws Exception {
    assumeRuns("cargo --version");
    TestReport report =
        test(
            Map.of(
                "Cargo.toml",
                "[package]\nname = \"basket\"\nversion = \"1.0.0\"\nedition = \"2021\"\n",
                "src/lib.rs",
                """
                #[test]
                fn adds() {}

                #[test]
                fn counts() {
                    assert_eq!(1, 2);
                }
                """));

    assertReported(report, "cargo test --no-fail-fast", 101, new FailedTest("counts", ""));
    assertThat(backend.log(TASK)).contains("1 passed; 1 failed");
  }

  @Test
  void go() throws Exception {
    assumeRuns("go version");
    TestReport report =
        test(
            Map.of(
                "go.mod",
                "module example.com/basket\n\ngo 1.18\n",
                "basket_test.go",
                """
                package basket

                import "testing"

                func TestAdds(t *testing.T) {}

                func TestCounts(t *testing.T) {
                \tt.Fatal("one is not two")
                }
                """));

    assertReported(
        report,
        "go test -json ./...",
        1,
        new FailedTest("example.com/basket.TestCounts", "basket_test.go:8: one is not two"));
  }

  private static void assertReported(
      TestReport report, String command, int exitCode, FailedTest failure) {
    assertThat(report)
        .isEqualTo(
            new TestReport(
                command, exitCode, new Counts(2, 1, 0, 0), report.duration(), List.of(failure)));
  }

  /** For tools that write no reports, there are only the exit code and the log. */
  private static void assertUnreported(TestReport report, String command, int exitCode) {
    assertThat(report.withLastLines(List.of()))
        .isEqualTo(new TestReport(command, exitCode, Counts.NONE, report.duration(), List.of()));
  }

  /** Lets an avatar change the project, and returns the report of its tests. */
  private TestReport test(Map<String, String> files) throws InterruptedException {
    var repository = new InMemoryRepository("Avatar", "avatar@example.com", Clock.systemUTC());
    var entries = new HashMap<String, TreeFile>();
    files.forEach((path, text) -> entries.put(path, TreeFile.of(text)));
    repository.create(URL).commit("main", "begin", entries);
    var project = new ApplicationId("7");
    backend.addApplication(
        new Application(project, "shop", URL, Optional.empty(), Optional.empty()));
    var change =
        new Step.Write(new WorkspacePath("change.txt"), Step.Content.File.utf8("changed\n"));
    backend.addTask(
        Task.of(
            TASK,
            "Change something",
            project,
            new BranchName("dev-1"),
            new PlanSource.Structured(DevelopmentPlan.of(change))));

    TaskOutcome outcome = runner(repository).run(TASK);

    assertThat(outcome).isInstanceOf(TaskOutcome.Failed.class);
    var failed = (TaskOutcome.Failed) outcome;
    assertThat(failed.failure().kind()).isEqualTo(FailureKind.TESTS_FAILED);
    return failed.work().tests().orElseThrow();
  }

  private TaskRunner runner(InMemoryRepository repository) {
    return new TaskRunner(
        Ports.of(backend, backend, repository, commands)
            .withTestDetection(new BuildFileTestDetection()),
        RunSettings.of(
                InMemoryBackend.DEFAULT_AVATAR,
                folder.resolve("workspace"),
                folder.resolve("logs"),
                Redactor.of(List.of()))
            .withLimits(new RunSettings.Limits(LIMIT, LIMIT, LIMIT))
            .withDelivery(RunSettings.Delivery.KEEP),
        RunListener.NONE,
        Clock.systemUTC());
  }

  private void assumeRuns(String line) throws InterruptedException {
    assumeTrue(run(commands, line).isPresent(), () -> "'" + line + "' does not work here");
  }

  /** The output of a line of shell; empty if it fails. */
  private Optional<String> run(LocalCommandRunner runner, String line) throws InterruptedException {
    var output = new ByteArrayOutputStream();
    try {
      CommandResult result =
          runner.run(new Command(new Shell(line), folder, Map.of(), LIMIT), output::write);
      return result instanceof CommandResult.Exited exited && exited.code() == 0
          ? Optional.of(output.toString(StandardCharsets.UTF_8))
          : Optional.empty();
    } catch (PortException e) {
      return Optional.empty();
    }
  }

  /**
   * Tests have a separate home folder, but Rustup finds its toolchains only in the home of the user
   * who builds.
   */
  private static Map<String, String> environment() {
    var environment = new HashMap<>(System.getenv());
    Path home = Path.of(System.getProperty("localRepository", "/")).resolve("../..").normalize();
    environment.putIfAbsent("RUSTUP_HOME", home.resolve(".rustup").toString());
    return environment;
  }

  /** The Maven options to use what the build of this test has downloaded. */
  private static String offline() {
    String repository = System.getProperty("localRepository", "");
    return "-o\n" + (repository.isEmpty() ? "" : "-Dmaven.repo.local=" + repository + "\n");
  }

  private static String plugin(String name) throws IOException {
    return version("version", "maven-" + name + "-plugin</artifactId>");
  }

  /** The first version in this build's POM after some text. */
  private static String version(String element, String behind) throws IOException {
    String pom = Files.readString(Path.of("../pom.xml"));
    Matcher matcher = Pattern.compile("<" + element + ">([^<]+)<").matcher(pom);
    assertThat(matcher.find(pom.indexOf(behind))).as(behind).isTrue();
    return matcher.group(1);
  }

  private static String scripts(String test) {
    return "{\"name\": \"shop\", \"scripts\": {\"test\": \"" + test + "\"}}";
  }
}
