package io.numa.avatar.testkit;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.numa.avatar.plan.CommandLine;
import io.numa.avatar.plan.CommandLine.Argv;
import io.numa.avatar.plan.CommandLine.Shell;
import io.numa.avatar.port.CommandResult.Exited;
import io.numa.avatar.port.CommandResult.TimedOut;
import io.numa.avatar.port.CommandRunner;
import io.numa.avatar.task.AttemptId;
import io.numa.avatar.testkit.contract.CommandRunnerContract;
import java.io.ByteArrayOutputStream;
import java.nio.file.Files;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class ScriptedCommandRunnerTest extends CommandRunnerContract {
  private static final Duration LIMIT = Duration.ofSeconds(10);

  private final ScriptedCommandRunner runner = new ScriptedCommandRunner();
  private final ByteArrayOutputStream output = new ByteArrayOutputStream();

  @Override
  protected CommandRunner runner() {
    return runner;
  }

  @Override
  protected CommandLine printing(String text, int code) {
    var line = "print " + code + " " + text;
    runner.answer(line, code, text);
    return new Shell(line);
  }

  @Override
  protected CommandLine lasting(String text) {
    runner.hold("last", text);
    return new Shell("last");
  }

  @Override
  protected CommandLine missing() {
    runner.refuse("missing");
    return new Shell("missing");
  }

  @Test
  void remembersCommandsAsAPersonWouldTypeThem() throws InterruptedException {
    var shell = command(new Shell("make all"), LIMIT);
    var argv = command(new Argv(List.of("mvn", "-B", "verify")), LIMIT);

    runner.run(shell, output::write);
    runner.run(argv, output::write);

    assertThat(runner.executed()).containsExactly("make all", "mvn -B verify");
    assertThat(runner.commands()).containsExactly(shell, argv);
  }

  @Test
  void succeedsSilentlyUnlessToldOtherwise() throws InterruptedException {
    var command = command(new Shell("anything"), LIMIT);

    var untold = runner.run(command, output::write);
    runner.otherwise((any, sink) -> new TimedOut(LIMIT));
    var told = runner.run(command, output::write);

    assertThat(untold).isEqualTo(new Exited(0, Duration.ZERO));
    assertThat(told).isEqualTo(new TimedOut(LIMIT));
    assertThat(output.size()).isZero();
  }

  @Test
  void givesTheResultItWasToldTo() throws InterruptedException {
    var slow = new Exited(2, Duration.ofMinutes(3));
    runner.answer("slow", slow, "tick");

    var result = runner.run(command(new Shell("slow"), LIMIT), output::write);

    assertThat(result).isEqualTo(slow);
    assertThat(output.toString(UTF_8)).isEqualTo("tick");
  }

  @Test
  void letsAScriptActOnTheWorkspace() throws InterruptedException {
    runner.answer(
        "generate",
        (command, sink) -> {
          assertThat(command.directory().resolve("made").toFile().mkdir()).isTrue();
          return new Exited(0, Duration.ZERO);
        });

    runner.run(command(new Shell("generate"), LIMIT), output::write);

    assertThat(Files.isDirectory(directory.resolve("made"))).isTrue();
  }

  @Test
  void goesOnUntilReleased() throws InterruptedException {
    var held = runner.hold("wait", "");
    assertThat(held.awaitStart(Duration.ZERO)).isFalse();

    held.release(5);
    var result = runner.run(command(new Shell("wait"), LIMIT), output::write);

    assertThat(result).isEqualTo(new Exited(5, Duration.ZERO));
    assertThat(held.awaitStart(Duration.ZERO)).isTrue();
  }

  @Test
  void remembersWhoseLeftoversWereEnded() {
    var attempt = AttemptId.random();

    runner.endLeftovers(attempt);

    assertThat(runner.ended()).containsExactly(attempt);
  }
}
