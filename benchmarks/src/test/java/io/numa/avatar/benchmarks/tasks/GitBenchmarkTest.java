package io.numa.avatar.benchmarks.tasks;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GitBenchmarkTest {
  private static final Path SCRIPTS = Path.of("native").toAbsolutePath();
  private static final String NUMBER = "[0-9]+(\\.[0-9]+)?";

  @TempDir Path temp;
  private final ByteArrayOutputStream progress = new ByteArrayOutputStream();

  @BeforeEach
  void needPrograms() throws Exception {
    assumeTrue(isThere("git"), "git is not installed");
    assumeTrue(isThere("bash"), "bash is not installed");
  }

  private static boolean isThere(String program) throws InterruptedException {
    try {
      return new ProcessBuilder(program, "--version").start().waitFor() == 0;
    } catch (IOException e) {
      return false;
    }
  }

  private String run(boolean testkit, Map<String, Path> repositories, Integer... sizes)
      throws Exception {
    var options =
        new Options(
            SCRIPTS,
            Files.createDirectory(temp.resolve("work")),
            Optional.of(temp.resolve("plot.svg")),
            new Effort(1, 1, 0),
            64,
            testkit,
            false,
            List.of(sizes),
            repositories);
    return new GitBenchmark(options, new PrintStream(progress, true, UTF_8)).run();
  }

  private Path original() throws Exception {
    Path folder = Files.createDirectory(temp.resolve("originals"));
    ServedRepository.generate("tiny", Generated.files(20), folder);
    return folder.resolve("tiny.git");
  }

  @Test
  void measuresEveryoneOnARepository() throws Exception {
    OpenFolder.openWay(temp); // if root runs this, Apache is another user
    String report = run(false, Map.of("tiny", original()));

    assertThat(report)
        .contains(ApacheHost.installed() ? "Apache 2" : "the testkit's server")
        .contains("| tiny | 20 | 1 |\n")
        .contains("| tiny | avatar | warm, branch moved | ")
        .contains("| tiny | (c) one kept checkout | warm, branch moved | ")
        .doesNotContain("failed")
        .doesNotContain("NaN");
    assertThat(report.lines())
        .filteredOn(line -> line.matches("\\| tiny .*\\| (met|\\*\\*missed\\*\\*) \\|"))
        .hasSize(8);
    assertThat(report.lines())
        .filteredOn(line -> line.matches("\\| tiny \\|.* kB \\| .* kB \\| [1-9][0-9]* \\|.*"))
        .hasSize(10);
  }

  @Test
  void drawsWhatLargerRepositoriesCost() throws Exception {
    String report = run(true, Map.of(), 20, 30);

    assertThat(report)
        .containsPattern("\\| 20 \\| " + NUMBER + " \\| " + NUMBER + " \\| " + NUMBER + " \\(")
        .containsPattern("\\| 30 \\| " + NUMBER + " \\| " + NUMBER + " \\| " + NUMBER + " \\(");
    assertThat(temp.resolve("plot.svg"))
        .content()
        .startsWith("<svg ")
        .contains(">20</text>", ">30</text>", ">one kept checkout</text>")
        .endsWith("</svg>\n");
  }

  @Test
  void generatesLongHistoriesAndManyRefs() throws Exception {
    var history = ServedRepository.generate("history", Generated.history(3), temp);
    var refs = ServedRepository.generate("refs", Generated.refs(10), temp);
    var git = new BareGit(temp.resolve("refs.git"));

    assertThat(history.commits()).isEqualTo(4);
    assertThat(history.files()).isEqualTo(101);
    assertThat(Files.size(pack("history"))).isGreaterThan(3 << 20);
    assertThat(refs.commits()).isEqualTo(2001);
    assertThat(git.text("for-each-ref", "refs/heads/branch-*").lines()).hasSize(5);
    assertThat(git.text("for-each-ref", "refs/tags/").lines()).hasSize(5);
  }

  private Path pack(String name) throws IOException {
    try (var files = Files.list(temp.resolve(name + ".git/objects/pack"))) {
      return files.filter(file -> file.toString().endsWith(".pack")).findFirst().orElseThrow();
    }
  }

  @Test
  void saysWhatFailedAndGoesOn() throws Exception {
    var missing = Map.of("one", temp.resolve("one.git"), "other", temp.resolve("other.git"));

    assertThat(run(true, missing))
        .contains("- failed: one: could not run git", "- failed: other: could not run git");
  }

  @Test
  void takesNoTaskForDoneThatWasNot() throws Exception {
    Path script =
        Files.writeString(temp.resolve("wrong.sh"), "echo clone 1 >$MARKS; echo end 2 >>$MARKS\n");
    try (GitHost host = TestkitHost.start(temp)) {
      var repository = ServedRepository.generate("tiny", Generated.files(20), host.root());
      var contender = new NativeScript(script, temp.resolve("wrong"));
      Assignment task = repository.next(GitHost.url(host.port(), "tiny"), "wrong");

      assertThat(contender.carryOut(task).nanos()).isEqualTo(1_000_000_000);
      assertThatThrownBy(() -> repository.settle(task)).hasMessageContaining(task.branch());
    }
  }
}
