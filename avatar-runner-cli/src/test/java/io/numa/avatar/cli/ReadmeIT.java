package io.numa.avatar.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A new user's first steps: the commands of the README, in a repository of that user. */
class ReadmeIT {
  private static final Pattern PLAN =
      Pattern.compile("<!-- a test runs this plan -->\n```yaml\n(.*?)```", Pattern.DOTALL);
  private static final Pattern EXEC =
      Pattern.compile(" {4}\\./avatar (exec [^#\n]*--plan [^#\n]+)");

  @TempDir Path folder;
  private Path repository;
  private Path temporary;

  @BeforeEach
  void makeRepository() throws Exception {
    temporary = Files.createDirectory(folder.resolve("tmp"));
    repository = Files.createDirectory(folder.resolve("repository"));
    git("init", "-q", "-b", "main");
    git("config", "user.name", "Ada Lovelace");
    git("config", "user.email", "ada@example.com");
    Files.writeString(repository.resolve("a.txt"), "one\n");
    git("add", "-A");
    git("commit", "-q", "-m", "first");
  }

  @Test
  void firstCommandsWorkAndLeaveNothingElseBehind() throws Exception {
    String readme = Files.readString(Path.of("..", "README.md"));
    Matcher plan = PLAN.matcher(readme);
    assertThat(plan.find()).isTrue();
    Files.writeString(repository.resolve("plan.yaml"), plan.group(1));
    List<String> lines = EXEC.matcher(readme).results().map(found -> found.group(1)).toList();
    assertThat(lines).hasSize(3);
    String objects = git("count-objects", "-v");

    exec(lines.get(0));
    assertThat(git("status", "--short")).isEqualTo("?? plan.yaml");

    String patched = exec(lines.get(1));
    assertThat(patched).contains("  commit it: git am avatar-plan.patch\n");
    assertThat(git("status", "--short")).isEqualTo("?? avatar-plan.patch\n?? plan.yaml");
    assertThat(git("count-objects", "-v")).isEqualTo(objects);

    String pushed = exec(lines.get(2));
    assertThat(pushed).contains("  look at it: git show hello\n");
    assertThat(git("for-each-ref", "--format=%(refname)"))
        .isEqualTo("refs/heads/hello\nrefs/heads/main");

    git("am", "-q", "avatar-plan.patch");
    assertThat(git("rev-parse", "main^{tree}")).isEqualTo(git("rev-parse", "hello^{tree}"));
    assertThat(git("log", "-1", "--format=%an <%ae>%n%s", "hello"))
        .isEqualTo("Ada Lovelace <ada@example.com>\ndocs: say hello");
    assertThat(left()).isEmpty();
  }

  @Test
  void aSignalEndsItWithItsProcessesAndFiles() throws Exception {
    // The length of the sleep tells this test's processes apart.
    String command = "sleep " + (100_000 + ProcessHandle.current().pid());
    Files.writeString(
        repository.resolve("plan.yaml"),
        "version: 1\nsteps:\n  - run: {command: 'echo ready; " + command + "'}\n");

    try (var avatar =
        AvatarProcess.start(
            repository,
            Map.of("JAVA_TOOL_OPTIONS", options()),
            "exec",
            "--repo",
            ".",
            "--plan",
            "plan.yaml")) {
      avatar.awaitOutput("\n| ready\n");
      assertThat(running(command)).isNotEmpty();
      avatar.terminate();

      assertThat(avatar.await()).as(avatar.console()).isEqualTo(143);
      assertThat(avatar.console()).contains("stopping;").contains("cancelled");
    }
    assertThat(running(command)).isEmpty();
    assertThat(left()).isEmpty();
  }

  private static List<String> running(String command) {
    return ProcessHandle.allProcesses()
        .map(process -> process.info().commandLine().orElse(""))
        .filter(line -> line.endsWith(command))
        .toList();
  }

  private String exec(String line) throws Exception {
    Map<String, String> environment = Map.of("JAVA_TOOL_OPTIONS", options());
    try (var avatar = AvatarProcess.start(repository, environment, line.strip().split(" +"))) {
      assertThat(avatar.await()).as(avatar.console()).isZero();
      return avatar.console();
    } finally {
      Files.delete(repository.resolve("home"));
    }
  }

  private String options() {
    return "-XX:TieredStopAtLevel=1 -Djava.io.tmpdir=" + temporary;
  }

  /** What the command left in the temporary folder; the JDK leaves its own file there. */
  private List<String> left() throws IOException {
    try (Stream<Path> files = Files.list(temporary)) {
      return files
          .map(file -> file.getFileName().toString())
          .filter(name -> !name.startsWith("hsperfdata"))
          .toList();
    }
  }

  private String git(String... words) throws Exception {
    List<String> command = new ArrayList<>(List.of("git"));
    command.addAll(List.of(words));
    Process process =
        new ProcessBuilder(command)
            .directory(repository.toFile())
            .redirectErrorStream(true)
            .start();
    String output = new String(process.getInputStream().readAllBytes(), UTF_8);
    assertThat(process.waitFor()).as(output).isZero();
    return output.stripTrailing();
  }
}
