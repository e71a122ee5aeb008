package io.numa.avatar.process;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.numa.avatar.plan.CommandLine;
import io.numa.avatar.port.Command;
import io.numa.avatar.port.CommandResult;
import io.numa.avatar.port.CommandRunner;
import io.numa.avatar.port.sandbox.WorkKind;
import io.numa.avatar.process.sandbox.LocalSandboxes;
import io.numa.avatar.process.sandbox.TestSandboxes;
import io.numa.avatar.task.AttemptId;
import io.numa.avatar.task.sandbox.SandboxProfile;
import java.io.ByteArrayOutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A command waits in its sandbox until it is to run. */
class CommandsAheadTest {
  private static final Duration LONG = Duration.ofSeconds(60);
  private static final AttemptId OWNER = AttemptId.random();

  @TempDir static Path state;
  @TempDir Path tree;
  private CommandRunner runner;

  @BeforeEach
  void open() {
    LocalSandboxes sandboxes = TestSandboxes.best(state, SandboxProfile.OFFLINE);
    assumeThat(sandboxes.canWait(Sited.site(WorkKind.RUN, tree))).isTrue();
    runner =
        Sited.commands(
            new LocalCommandRunner(ProcessSettings.defaults(System.getenv()), sandboxes));
  }

  private Command command(String script) {
    return new Command(
        new CommandLine.Shell(script),
        tree,
        Map.of("odd.name", "kept"),
        LONG,
        Optional.empty(),
        Optional.of(OWNER));
  }

  private long waiting() {
    var found = new HashSet<Long>();
    boolean ignored =
        new TaggedProcesses(ProcessTag.mark(OWNER)).look(process -> found.add(process.pid()));
    return found.size();
  }

  private void awaitWaiting() throws InterruptedException {
    long end = System.nanoTime() + LONG.toNanos();
    while (waiting() == 0 && System.nanoTime() < end) {
      Thread.sleep(5);
    }
    assertThat(waiting()).isPositive();
  }

  @Test
  void seesWhatWasChangedAfterItsSandboxWasMade() throws Exception {
    var command = command("cat; cat new.txt; env | grep odd; echo made > made.txt");
    var output = new ByteArrayOutputStream();
    try (var ready = runner.prepare(command)) {
      awaitWaiting();
      assertThat(tree).isEmptyDirectory();
      Files.writeString(tree.resolve("new.txt"), "new\n");

      var result = (CommandResult.Exited) runner.run(command, output::write);

      assertThat(result.code()).isZero();
    }
    assertThat(output.toString(UTF_8)).startsWith("new\n");
    assertThat(tree.resolve("made.txt")).hasContent("made");
    assertThat(waiting()).isZero();
  }

  @Test
  void leavesNothingIfItDoesNotRun() throws Exception {
    var ready = runner.prepare(command("echo made > made.txt"));
    awaitWaiting();

    ready.close();

    assertThat(waiting()).isZero();
    assertThat(tree).isEmptyDirectory();
  }
}
