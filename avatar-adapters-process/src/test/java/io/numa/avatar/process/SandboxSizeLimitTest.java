package io.numa.avatar.process;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.numa.avatar.plan.CommandLine.Shell;
import io.numa.avatar.port.Command;
import io.numa.avatar.port.CommandResult;
import io.numa.avatar.port.process.ProcessRequest;
import io.numa.avatar.port.process.RunningProcess;
import io.numa.avatar.process.sandbox.LocalSandboxes;
import io.numa.avatar.process.sandbox.TestSandboxes;
import io.numa.avatar.process.sandbox.settings.SandboxLimits;
import io.numa.avatar.task.sandbox.SandboxProfile;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** {@code sandbox.limits.tree}: processes that fill the disk. */
@Execution(ExecutionMode.CONCURRENT)
class SandboxSizeLimitTest {
  private static final String LARGER = " larger than 8MiB (sandbox.limits.tree)";
  private static final Duration LONG = Duration.ofMinutes(1);

  @TempDir Path folder;
  private Path tree;

  @BeforeEach
  void makeTree() throws IOException {
    tree = Files.createDirectory(folder.resolve("tree"));
  }

  @Test
  void endsACommandThatFillsItsTree() throws Exception {
    assertThat(run(filling("."))).isEqualTo(new CommandResult.OverLimit("its tree is" + LARGER));
  }

  @Test
  void endsACommandThatFillsItsHomeWhichBeginsAnew() throws Exception {
    CommandResult result = run(filling("$HOME"));

    assertThat(result)
        .isEqualTo(
            new CommandResult.OverLimit("the HOME and caches of its repository are" + LARGER));
    assertThat(exitCode(run("test ! -e $HOME/large1"))).isZero();
  }

  @Test
  void doesNotDisturbACommandBelowTheLimit() throws Exception {
    CommandResult result =
        run("dd if=/dev/zero of=a bs=1M count=6; ln a b; ln -s / all; sleep 1.5; exit 3");

    assertThat(exitCode(result)).isEqualTo(3);
  }

  @Test
  void measuresBesideWhatCannotBeRead() throws Exception {
    String hostile =
        "mkdir -m 0 shut; i=0; while [ $i -lt 201 ]; do mkdir d; cd d; i=$((i+1)); done; ";

    assertThat(run("top=$PWD; " + hostile + "cd $top; " + filling(".")))
        .isEqualTo(new CommandResult.OverLimit("its tree is" + LARGER));
  }

  @Test
  void tellsTheReasonOfALongProcess() throws Exception {
    var errors = new ByteArrayOutputStream();
    RunningProcess process =
        Sited.processes(runner(SandboxProfile.ISOLATED).processes())
            .start(
                new ProcessRequest(
                    new Shell(filling(".")), tree, Map.of(), Set.of(), Optional.empty()),
                (buffer, offset, length) -> {},
                errors::write);
    try {
      assertThat(process.awaitExit(Duration.ofSeconds(20))).isTrue();
    } finally {
      process.end(Duration.ZERO);
    }

    assertThat(errors.toString(UTF_8)).endsWith("ended by the avatar: its tree is" + LARGER + "\n");
  }

  @Test
  void leavesCommandsAloneThatNoSandboxHolds() throws Exception {
    CommandResult result =
        run(SandboxProfile.OFF, "dd if=/dev/zero of=large bs=1M count=12; sleep 1.5");

    assertThat(exitCode(result)).isZero();
  }

  /** Writes more and more, as the disk's space also changes for other reasons. */
  private static String filling(String place) {
    return "i=0; while [ $i -lt 60 ]; do i=$((i+1)); head -c 3M /dev/zero >"
        + place
        + "/large$i; sleep 0.2; done";
  }

  private static int exitCode(CommandResult result) {
    assertThat(result).isInstanceOf(CommandResult.Exited.class);
    return ((CommandResult.Exited) result).code();
  }

  private CommandResult run(String script) throws InterruptedException {
    return run(SandboxProfile.ISOLATED, script);
  }

  private CommandResult run(SandboxProfile profile, String script) throws InterruptedException {
    return Sited.commands(runner(profile))
        .run(
            new Command(
                new Shell(script), tree, Map.of(), LONG, Optional.empty(), Optional.empty()),
            (buffer, offset, length) -> {});
  }

  private LocalCommandRunner runner(SandboxProfile profile) {
    var defaults = SandboxLimits.DEFAULTS;
    var limits =
        new SandboxLimits(
            defaults.processes(),
            defaults.memory(),
            defaults.tmp(),
            8 << 20,
            defaults.file(),
            defaults.homes());
    var settings = TestSandboxes.settings(folder.resolve("state"), profile).withLimits(limits);
    return new LocalCommandRunner(
        ProcessSettings.defaults(System.getenv()).withGrace(Duration.ofMillis(300)),
        new LocalSandboxes(settings, Optional.empty()));
  }
}
