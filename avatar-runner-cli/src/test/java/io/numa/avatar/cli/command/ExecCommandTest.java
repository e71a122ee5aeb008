package io.numa.avatar.cli.command;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.numa.avatar.testkit.fixture.SeededRepository;
import io.numa.avatar.testkit.server.GitServer;
import io.numa.avatar.workspace.Folder;
import java.io.IOException;
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
  private static final Pattern KEPT =
      Pattern.compile("The log and what else is left are in (\\S+)");

  @TempDir Path folder;
  private GitServer git;
  private SeededRepository repository;
  private Path plan;
  private Path config;
  private Path patch;

  @BeforeEach
  void makeRepository() throws IOException {
    git = GitServer.start(folder.resolve("git"));
    repository = git.createRepository("shop");
    repository.seed("main", Map.of("count.txt", "1\n"));
    plan = Files.writeString(folder.resolve("count pieces.yaml"), PLAN);
    patch = folder.resolve("change.patch");
    config = Files.writeString(folder.resolve("config.yaml"), "avatar: {id: local}\n");
  }

  @AfterEach
  void stopServer() {
    git.close();
  }

  /** It ended with the hash of a commit that existed nowhere. */
  @Test
  void printsDiffAndTestsAndWritesAPatch() throws IOException {
    Shell.Result result = exec(new Shell(), git.path("shop"));

    assertThat(result.exitCode()).as(result.out() + result.err()).isZero();
    assertThat(result.lines())
        .containsSubsequence("@@ -1 +1 @@", "-1", "+2")
        .containsSequence(
            "done: the change is in " + patch + "; nothing was pushed",
            "  commit it: git -C " + git.path("shop") + " am " + patch,
            "  or push branch dev-count-pieces: the same command with --push");
    assertThat(patch).content().contains("Subject: fix: count every piece\n", "\n-1\n+2\n");
    assertThat(repository.branches()).containsExactly("main");
  }

  @Test
  void saysThatNothingWasTested() {
    Shell.Result written = exec(new Shell(), git.path("shop"), "--test", "");
    Shell.Result pushed = exec(new Shell(), git.path("shop"), "--test", "", "--push");

    assertThat(written.lines()).anyMatch(line -> line.startsWith("done, not tested: the change"));
    assertThat(pushed.lines())
        .anyMatch(line -> line.matches("done, not tested: [0-9a-f]{10} is now branch dev-.*"));
  }

  @Test
  void saysWhereAPatchCannotBeWrittenBeforeItDoesAnything() {
    Shell.Result result =
        exec(new Shell(), git.httpUrl("shop"), "--output", folder.resolve("no/such.patch"));

    assertThat(result.exitCode()).isEqualTo(2);
    assertThat(result.err()).contains("such.patch'").contains("--output");
    assertThat(git.requests()).isZero();
  }

  /** Commits came from {@code numa-avatar@localhost}. */
  @Test
  void commitsAsTheOperatorDoesUnlessTheConfigurationSaysOtherwise() throws IOException {
    Shell.Result unknown = exec(new Shell(), git.path("shop"));
    assertThat(patch).content().contains("From: numa-avatar <numa-avatar@localhost>\n");
    assertThat(unknown.lines())
        .anyMatch(line -> line.startsWith("note: the commit's author is 'numa-avatar', as Git"));

    Path home = Files.createDirectory(folder.resolve("home"));
    Files.writeString(
        home.resolve(".gitconfig"), "[user]\n\tname = Ada\n\temail = ada@example.com\n");
    Shell.Result known = exec(new Shell().variable("HOME", home.toString()), git.path("shop"));
    assertThat(patch).content().contains("From: Ada <ada@example.com>\n");
    assertThat(known.out()).doesNotContain("note:");

    exec(
        new Shell().variable("HOME", home.toString()),
        git.path("shop"),
        "--set",
        "git.username=Bot");
    assertThat(patch).content().contains("From: Bot <ada@example.com>\n");
  }

  /** Changes that were not committed were ignored without a word. */
  @Test
  void tellsOfUncommittedChanges() throws Exception {
    Path tree = clone("tree");
    Files.writeString(tree.resolve("count.txt"), "0\n");
    Files.writeString(tree.resolve("new.txt"), "new\n");
    Files.writeString(tree.resolve("plan.yaml"), PLAN);

    Shell.Result result = exec(new Shell(), tree);

    assertThat(result.exitCode()).as(result.out() + result.err()).isZero();
    assertThat(result.lines())
        .endsWith(
            "note: 1 changed and 1 untracked files are not committed, so the plan did not see"
                + " them: count.txt, new.txt");
    assertThat(tree.resolve("count.txt")).hasContent("0");
  }

  /** The push moved the branch under the checked-out files. */
  @Test
  void refusesToPushToTheBranchThatIsCheckedOut() throws Exception {
    Path tree = clone("tree");

    Shell.Result refused = exec(new Shell(), tree, "--branch", "main", "--push");
    Shell.Result pushed = exec(new Shell(), tree, "--branch", "other", "--push");

    assertThat(refused.exitCode()).isEqualTo(1);
    assertThat(refused.out())
        .contains("failed at clone: could not push to 'main'")
        .contains("name another branch")
        .doesNotContain("[develop]");
    assertThat(pushed.exitCode()).as(pushed.out() + pushed.err()).isZero();
    assertThat(pushed.lines()).contains("  look at it: git -C " + tree + " show other");
    assertThat(git(tree, "status", "--short")).isEmpty();
    assertThat(git(tree, "log", "--format=%s", "other")).startsWith("fix: count every piece\n");
  }

  @Test
  void refusesAFolderInsideARepository() throws Exception {
    Path tree = clone("tree");
    Path inside = Files.createDirectories(tree.resolve("src/main"));

    Shell.Result result = exec(new Shell(), inside);

    assertThat(result.exitCode()).isEqualTo(2);
    assertThat(result.err())
        .contains("'" + inside + "' is a folder of the repository '" + tree + "'");
  }

  private Path clone(String name) throws Exception {
    Path tree = folder.resolve(name);
    git(folder, "clone", "-q", git.path("shop").toString(), tree.toString());
    return tree;
  }

  private static String git(Path where, String... words) throws Exception {
    List<String> command = new ArrayList<>(List.of("git"));
    command.addAll(List.of(words));
    Process process =
        new ProcessBuilder(command).directory(where.toFile()).redirectErrorStream(true).start();
    String output = new String(process.getInputStream().readAllBytes(), UTF_8);
    assertThat(process.waitFor()).as(output).isZero();
    return output;
  }

  @Test
  void pushesOnRequest() {
    Shell.Result result = exec(new Shell(), git.httpUrl("shop"), "--push");

    assertThat(result.exitCode()).as(result.out() + result.err()).isZero();
    assertThat(result.out()).doesNotContain("nothing was pushed");
    assertThat(repository.read("dev-count-pieces", "count.txt")).isEqualTo("2\n");
  }

  /** The working copy stayed in the temporary folder, and no line named it. */
  @Test
  void keepsTheLogAndTheWorkingCopyOnRequest() throws IOException {
    Shell.Result failed = exec(new Shell(), git.httpUrl("shop"), "--keep", "--test", "exit 3");

    Matcher kept = KEPT.matcher(failed.err());
    assertThat(kept.find()).as(failed.err()).isTrue();
    Path left = Path.of(kept.group(1));
    try (Folder place = Folder.open(left);
        Stream<Path> files = Files.walk(left)) {
      assertThat(files.map(file -> file.getFileName().toString()))
          .contains("count.txt")
          .anyMatch(name -> name.endsWith(".log"));
      for (Path name : place.names()) {
        place.delete(name);
      }
    }
    Files.delete(left);
    assertThat(exec(new Shell(), git.httpUrl("shop"), "--test", "exit 3").err()).isEmpty();
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
    assertThat(result.out()).doesNotContain("author");
  }

  @Test
  void showsTheDiffAndNothingElseInADryRun() {
    Shell.Result result =
        exec(new Shell().interactive(), git.path("shop"), "--dry-run", "--test", "exit 3");

    assertThat(result.exitCode()).as(result.out() + result.err()).isZero();
    assertThat(result.out())
        .contains("\u001b[32m+2\u001b[0m")
        .doesNotContain("exit 3")
        .contains("\ndry run: not tested, not committed, not pushed\n");
    assertThat(repository.branches()).containsExactly("main");
    assertThat(result.out()).doesNotContain("author");
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
    String old = "<testsuite><testcase classname='a' name='b'><failure/></testcase></testsuite>";
    Files.writeString(plan, PLAN + "  fail_on: new\n");

    Shell.Result result =
        exec(
            new Shell(),
            git.path("shop"),
            "--test",
            "mkdir -p test-reports; echo \"" + old + "\" > test-reports/TEST-a.xml; exit 3");

    assertThat(result.exitCode()).as(result.out() + result.err()).isZero();
    assertThat(result.out())
        .containsSubsequence(
            "against the base commit: no new failures, 1 was there before", "\ndone: ");
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
    assertThat(events.get(0).path("text").asText()).startsWith("note: the commit's author is ");
    assertThat(events.get(1).path("event").asText()).isEqualTo("began");
    assertThat(events.stream().filter(event -> event.path("event").asText().equals("stage")))
        .extracting(event -> event.path("stage").asText())
        .containsSubsequence("clone", "develop", "test", "commit");
    assertThat(events.stream().filter(event -> event.path("event").asText().equals("patch")))
        .singleElement()
        .satisfies(event -> assertThat(event.path("file").asText()).isEqualTo(patch.toString()))
        .satisfies(event -> assertThat(event.path("am_options").isArray()).isTrue());
    JsonNode last = events.get(events.size() - 1);
    assertThat(last.path("event").asText()).isEqualTo("ended");
    assertThat(last.path("outcome").asText()).isEqualTo("done");
    assertThat(last.has("commit")).isFalse();
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
    if (Stream.of("--push", "--dry-run", "--output").noneMatch(arguments::contains)) {
      arguments.addAll(List.of("--output", patch));
    }
    return shell.run(arguments.toArray());
  }
}
