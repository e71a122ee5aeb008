package io.numa.avatar.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.numa.avatar.testkit.fixture.SeededRepository;
import io.numa.avatar.testkit.server.GitServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ExecCommandTest {
  private static final String PLAN =
      """
      version: 1
      steps:
        - write: {path: count.txt, content: "2\\n"}
      commit:
        message: "fix: count every piece"
      test:
        command: "grep 2 count.txt"
      """;

  private static final Pattern README_PLAN =
      Pattern.compile("<!-- a test runs this plan -->\n```yaml\n(.*?)```", Pattern.DOTALL);
  private static final Pattern LOGS = Pattern.compile("The log is kept in (\\S+)");

  @TempDir Path folder;
  private GitServer git;
  private SeededRepository repository;
  private Path plan;
  private Path config;

  @BeforeEach
  void makeRepository() throws IOException {
    git = GitServer.start(folder.resolve("git"));
    repository = git.createRepository("shop");
    repository.seed("main", Map.of("count.txt", "1\n"));
    plan = Files.writeString(folder.resolve("count pieces.yaml"), PLAN);
    config = Files.writeString(folder.resolve("config.yaml"), "avatar: {id: local}\n");
  }

  @AfterEach
  void stopServer() {
    git.close();
  }

  @Test
  void printsDiffAndTestsAndKeepsTheCommit() {
    Shell.Result result = exec(new Shell(), git.path("shop"));

    assertThat(result.exitCode()).as(result.out() + result.err()).isZero();
    assertThat(result.lines())
        .containsSubsequence("@@ -1 +1 @@", "-1", "+2")
        .anySatisfy(line -> assertThat(line).startsWith("done: ").endsWith(" on dev-count-pieces"))
        .endsWith("nothing was pushed; --push does that");
    assertThat(repository.branches()).containsExactly("main");
  }

  @Test
  void pushesOnRequest() {
    Shell.Result result = exec(new Shell(), git.httpUrl("shop"), "--push");

    assertThat(result.exitCode()).as(result.out() + result.err()).isZero();
    assertThat(result.out()).doesNotContain("nothing was pushed");
    assertThat(repository.read("dev-count-pieces", "count.txt")).isEqualTo("2\n");
  }

  @Test
  void leavesTheLogAndTheWorkspaceThatAnOperatorMayNeed() {
    Shell.Result shown = exec(new Shell(), git.httpUrl("shop"), "--dry-run");
    Shell.Result kept = exec(new Shell(), git.httpUrl("shop"));
    Shell.Result failed = exec(new Shell(), git.httpUrl("shop"), "--push", "--test", "exit 3");
    Shell.Result pushed = exec(new Shell(), git.httpUrl("shop"), "--push");

    assertThat(left(shown)).containsExactly("logs");
    assertThat(left(kept)).containsExactly("logs", "workspace");
    assertThat(left(failed)).containsExactly("logs", "workspace");
    assertThat(left(pushed)).containsExactly("logs");
  }

  /** The names of the entries in the command's temporary folder. */
  private static List<String> left(Shell.Result result) {
    Matcher logs = LOGS.matcher(result.out() + result.err());
    assertThat(logs.find()).as(result.out() + result.err()).isTrue();
    try (Stream<Path> files = Files.list(Path.of(logs.group(1)).resolveSibling(""))) {
      return files.map(file -> file.getFileName().toString()).sorted().toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Test
  void beginsNothingWithAKeyThatCannotSign() {
    Shell.Result result =
        exec(new Shell(), git.httpUrl("shop"), "--push", "--set", "git.signing_key=/no/key");

    assertThat(result.exitCode()).isEqualTo(2);
    assertThat(result.err()).contains("'/no/key': there is no such file; see git.signing_key");
    assertThat(git.requests()).isZero();
  }

  @Test
  void carriesOutThePlanOfTheReadme() throws IOException {
    Matcher shown = README_PLAN.matcher(Files.readString(Path.of("..", "README.md")));
    assertThat(shown.find()).isTrue();
    Files.writeString(plan, shown.group(1));

    Shell.Result result = exec(new Shell(), git.path("shop"), "--push", "--branch", "hello");

    assertThat(result.exitCode()).as(result.out() + result.err()).isZero();
    assertThat(repository.read("hello", "HELLO.md")).isEqualTo("Hello from an avatar.\n");
  }

  @Test
  void worksOnTheBranchThatIsNamed() {
    Shell.Result result = exec(new Shell(), git.path("shop"), "--push", "--branch", "work/9");

    assertThat(result.exitCode()).as(result.out() + result.err()).isZero();
    assertThat(repository.branches()).containsExactly("main", "work/9");
  }

  /** The operator has named it by hand. */
  @Test
  void pushesToTheDefaultBranchUnlessTheConfigurationForbidsIt() {
    Object[] main = {"--push", "--branch", "main"};

    Shell.Result pushed = exec(new Shell(), git.path("shop"), main);
    Shell.Result refused =
        exec(
            new Shell(),
            git.path("shop"),
            "--push",
            "--branch",
            "main",
            "--set",
            "git.allow_default_branch=false");

    assertThat(pushed.exitCode()).as(pushed.out() + pushed.err()).isZero();
    assertThat(repository.log("main")).hasSize(2);
    assertThat(refused.exitCode()).isEqualTo(1);
    assertThat(refused.out()).contains("git.allow_default_branch: true");
  }

  @Test
  void takesARelativePath() {
    Path here = Path.of("").toAbsolutePath();

    Shell.Result result = exec(new Shell(), here.relativize(git.path("shop").toAbsolutePath()));

    assertThat(result.exitCode()).as(result.out() + result.err()).isZero();
  }

  @Test
  void failsWithItsTestsAndPushesNothing() {
    Shell.Result result = exec(new Shell(), git.path("shop"), "--push", "--test", "exit 3");

    assertThat(result.exitCode()).isEqualTo(1);
    assertThat(result.out())
        .containsOnlyOnce("\n'exit 3' exited with 3\nfailed at test: the tests failed\n");
    assertThat(repository.branches()).containsExactly("main");
  }

  @Test
  void showsTheDiffAndNothingElseInADryRun() {
    Shell.Result result =
        exec(new Shell().interactive(), git.path("shop"), "--dry-run", "--test", "exit 3");

    assertThat(result.exitCode()).as(result.out() + result.err()).isZero();
    assertThat(result.out())
        .contains("\u001b[32m+2\u001b[0m")
        .doesNotContain("exit 3")
        .endsWith("\ndry run: not tested, not committed, not pushed\n");
    assertThat(repository.branches()).containsExactly("main");
  }

  @Test
  void refusesToPushADryRun() {
    Shell.Result result = exec(new Shell(), git.path("shop"), "--dry-run", "--push");

    assertThat(result.exitCode()).isEqualTo(2);
    assertThat(result.out()).isEmpty();
    assertThat(result.err()).contains("--push").contains("--dry-run").contains("exclusive");
  }

  @Test
  void comparesItsTestsWithTheBaseCommits() throws IOException {
    Files.writeString(plan, PLAN.replace("\"grep 2 count.txt\"", "'exit 3'\n  fail_on: new"));

    Shell.Result result = exec(new Shell(), git.path("shop"));

    assertThat(result.exitCode()).as(result.out() + result.err()).isZero();
    assertThat(result.out())
        .contains(
            "\n'exit 3' exited with 3\n"
                + "  against the base commit: no new failures, 1 was there before\ndone: ");
  }

  @Test
  void saysWhichRepositoryIsMissing() {
    Shell.Result result = exec(new Shell(), folder.resolve("nowhere"));

    assertThat(result.exitCode()).isEqualTo(1);
    assertThat(result.out()).contains("failed at clone: ").contains("nowhere");
  }

  @Test
  void refusesABadPlanBeforeItDoesAnything() throws IOException {
    Files.writeString(plan, "version: 1\nsteps:\n  - write: {path: ../out, content: x}\n");

    Shell.Result result = exec(new Shell(), git.path("shop"));

    assertThat(result.exitCode()).isEqualTo(2);
    assertThat(result.out()).isEmpty();
    assertThat(result.err()).contains("/steps/0");
    assertThat(folder.resolve("workspace")).doesNotExist();
  }

  @Test
  void refusesABadBranchName() {
    Shell.Result result = exec(new Shell(), git.path("shop"), "--branch", "a..b");

    assertThat(result.exitCode()).isEqualTo(2);
    assertThat(result.err()).startsWith("--branch: ").contains("a..b");
  }

  @Test
  void printsOnlyJsonForPrograms() throws IOException {
    Shell.Result result = exec(new Shell(), git.path("shop"), "--json");

    var events = new ArrayList<JsonNode>();
    for (String line : result.lines()) {
      events.add(new ObjectMapper().readTree(line));
    }
    assertThat(events.get(0).path("text").asText()).startsWith("The log is kept in ");
    assertThat(events.get(1).path("event").asText()).isEqualTo("began");
    assertThat(events.stream().filter(event -> event.path("event").asText().equals("stage")))
        .extracting(event -> event.path("stage").asText())
        .containsSubsequence("clone", "develop", "test", "commit");
    JsonNode last = events.get(events.size() - 1);
    assertThat(last.path("event").asText()).isEqualTo("ended");
    assertThat(last.path("outcome").asText()).isEqualTo("done");
    assertThat(last.path("branch").asText()).isEqualTo("dev-count-pieces");
    assertThat(last.at("/tests/command").asText()).isEqualTo("grep 2 count.txt");
  }

  @Test
  void coloursTheDiffForPeopleAlone() {
    assertThat(exec(new Shell().interactive(), git.path("shop")).out())
        .contains("\u001b[32m+2\u001b[0m");
    assertThat(exec(new Shell(), git.path("shop")).out()).doesNotContain("\u001b");
  }

  @Test
  void respectsNoColor() {
    Shell shell = new Shell().interactive().variable("NO_COLOR", "1");

    assertThat(exec(shell, git.path("shop")).out()).contains("+2").doesNotContain("\u001b");
  }

  private Shell.Result exec(Shell shell, Object repo, Object... more) {
    var arguments =
        new ArrayList<Object>(List.of("exec", "--config", config, "--repo", repo, "--plan", plan));
    arguments.addAll(List.of(more));
    return shell.run(arguments.toArray());
  }
}
