package io.numa.avatar.process;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.concurrent.TimeUnit.MILLISECONDS;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.InstanceOfAssertFactories.type;

import io.numa.avatar.plan.CommandLine;
import io.numa.avatar.plan.CommandLine.Argv;
import io.numa.avatar.plan.CommandLine.Shell;
import io.numa.avatar.port.Command;
import io.numa.avatar.port.CommandResult;
import io.numa.avatar.port.CommandResult.Exited;
import io.numa.avatar.port.CommandResult.Stalled;
import io.numa.avatar.port.CommandRunner;
import io.numa.avatar.port.PortException;
import io.numa.avatar.task.AttemptId;
import io.numa.avatar.task.FailureKind;
import io.numa.avatar.testkit.contract.CommandRunnerContract;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

@Execution(ExecutionMode.CONCURRENT)
class LocalCommandRunnerTest extends CommandRunnerContract {
  private static final Duration LIMIT = Duration.ofSeconds(60);
  private static final Duration STALL = Duration.ofMillis(1500);

  private final ByteArrayOutputStream output = new ByteArrayOutputStream();
  private final LocalCommandRunner runner = new LocalCommandRunner(settings());

  /** Overridden to run these tests with another level of process control. */
  ProcessSettings settings() {
    return ProcessSettings.defaults(System.getenv()).withGrace(Duration.ofMillis(300));
  }

  @Override
  protected CommandRunner runner() {
    return runner;
  }

  @Override
  protected CommandLine printing(String text, int code) {
    return new Argv(List.of("sh", "-c", "printf %s \"$1\"; exit " + code, "sh", text));
  }

  @Override
  protected CommandLine lasting(String text) {
    return new Shell("printf %s '" + text + "'; sleep 300");
  }

  @Override
  protected CommandLine missing() {
    return new Argv(List.of("no-such-program-anywhere", "--version"));
  }

  @Test
  void mergesStandardOutputAndStandardErrorInOrder() throws InterruptedException {
    run("for n in 1 2 3 4 5; do echo out$n; echo err$n >&2; done");

    assertThat(output.toString(UTF_8))
        .isEqualTo("out1\nerr1\nout2\nerr2\nout3\nerr3\nout4\nerr4\nout5\nerr5\n");
  }

  @Test
  void givesTheShellsCodeForACommandThatASignalEnded() throws InterruptedException {
    assertThat(exitCode(run("kill -KILL $$"))).isEqualTo(128 + 9);
    assertThat(exitCode(run("kill -TERM $$"))).isEqualTo(128 + 15);
    assertThat(output.toString(UTF_8)).isEmpty();
  }

  @Test
  void handsArgumentsOverAsTheyAre() throws InterruptedException {
    runner.run(
        command(new Argv(List.of("printf", "[%s]", "a b", "$HOME", "", "*", "ü"))), output::write);

    assertThat(output.toString(UTF_8)).isEqualTo("[a b][$HOME][][*][ü]");
  }

  @Test
  void runsInTheDirectoryGiven() throws IOException, InterruptedException {
    run("pwd");

    assertThat(output.toString(UTF_8)).isEqualTo(directory.toRealPath() + "\n");
  }

  @Test
  void givesEndOfFileToReadersOfStandardInput() throws InterruptedException {
    var result = run("read -r line; echo \"code $?\"; cat");

    assertThat(exitCode(result)).isZero();
    assertThat(output.toString(UTF_8)).isEqualTo("code 1\n");
  }

  @Test
  void hasNoTerminal() throws InterruptedException {
    run("if (exec 3</dev/tty) 2>/dev/null; then echo terminal; else echo none; fi");

    assertThat(output.toString(UTF_8)).isEqualTo("none\n");
  }

  @Test
  void measuresHowLongTheCommandTook() throws InterruptedException {
    var result = run("sleep 0.3");

    assertThat(result)
        .asInstanceOf(type(Exited.class))
        .extracting(Exited::duration)
        .satisfies(duration -> assertThat(duration).isBetween(Duration.ofMillis(300), LIMIT));
  }

  @Test
  void showsTheCommandItsOwnVariablesAndTheAllowedOnesOnly() throws InterruptedException {
    var secretive =
        new LocalCommandRunner(
            new ProcessSettings(
                Map.of("PATH", System.getenv("PATH"), "API_KEY", "k-123456", "LC_ALL", "C.UTF-8"),
                Set.of(),
                Set.of(),
                Duration.ZERO,
                settings().strongest()));

    secretive.run(
        new Command(new Argv(List.of("env")), directory, Map.of("OWN", "yes"), LIMIT),
        output::write);

    var names = new HashSet<String>();
    output.toString(UTF_8).lines().forEach(line -> names.add(line.split("=", 2)[0]));
    // A shell in between sets PWD.
    names.remove("PWD");
    assertThat(names)
        .containsExactlyInAnyOrder("PATH", "LC_ALL", "CI", "OWN", "NUMA_AVATAR_COOKIE");
  }

  @Test
  void findsProgramsByThePathOfTheCommand() throws IOException, InterruptedException {
    script(directory.resolve("tools/greet"), "#!/bin/sh\necho hello\n");
    var command =
        new Command(
            new Argv(List.of("greet")),
            directory,
            Map.of("PATH", directory.resolve("tools") + ":/usr/bin:/bin"),
            LIMIT);

    runner.run(command, output::write);

    assertThat(output.toString(UTF_8)).isEqualTo("hello\n");
  }

  @Test
  void findsProgramsRelativeToTheDirectory() throws IOException, InterruptedException {
    script(directory.resolve("mvnw"), "#!/bin/sh\necho \"wrapped $1\"\n");

    runner.run(command(new Argv(List.of("./mvnw", "verify"))), output::write);

    assertThat(output.toString(UTF_8)).isEqualTo("wrapped verify\n");
  }

  @Test
  void saysWhatIsWrongWithAProgram() throws IOException {
    Files.writeString(directory.resolve("plain"), "#!/bin/sh\n");
    Files.createDirectory(directory.resolve("folder"));

    assertRefused("nowhere", "could not run 'nowhere': no such program on PATH");
    assertRefused("./nowhere", "could not run './nowhere': no such file");
    assertRefused("./folder", "could not run './folder': this is a folder");
    assertRefused(
        "./plain",
        "could not run './plain': the file is not executable; make it so with a chmod step");
  }

  @Test
  void saysThatTheFolderIsMissing() {
    Path nowhere = directory.resolve("nowhere");
    var command = new Command(new Shell("true"), nowhere, Map.of(), LIMIT);

    assertThatThrownBy(() -> runner.run(command, output::write))
        .isInstanceOf(PortException.class)
        .hasMessage("could not run '/bin/sh': there is no folder '" + nowhere + "'");
  }

  @Test
  void refusesWhatIsNoEnvironmentVariable() {
    var command = new Command(new Shell("true"), directory, Map.of("A=B", "c"), LIMIT);

    assertThatThrownBy(() -> runner.run(command, output::write))
        .isInstanceOf(PortException.class)
        .hasMessage("could not run '/bin/sh': 'A=B' is no environment variable");
  }

  @Test
  void saysThatTheArgumentsAreTooLong() {
    var command = command(new Argv(List.of("true", "x".repeat(3_000_000))));

    assertThatThrownBy(() -> runner.run(command, output::write))
        .isInstanceOf(PortException.class)
        .hasMessage(
            "could not run 'true': its arguments and environment are too long;"
                + " put them into a file");
  }

  @Test
  void callsTheSinkNoMoreOnceItHasReturned() throws Exception {
    var returned = new AtomicBoolean();
    var late = new AtomicBoolean();
    var readers = new OutputReaders();

    readers.run(
        () -> {
          var result =
              runner.run(
                  command(new Shell("yes & sleep 0.2")),
                  (buffer, offset, length) -> late.compareAndSet(false, returned.get()));
          returned.set(true);
          return result;
        });

    readers.assertEnd();
    assertThat(late).isFalse();
  }

  @Test
  void losesNothingWhenTheSinkIsSlow() throws InterruptedException {
    var total = new AtomicLong();

    runner.run(
        command(new Shell("head -c 60000 /dev/zero")),
        (buffer, offset, length) -> {
          pause(Duration.ofMillis(700));
          total.addAndGet(length);
        });

    assertThat(total).hasValue(60_000);
  }

  @Test
  void letsACommandGoOnThatPrintsNowAndThen() throws InterruptedException {
    var result =
        runner.run(stalling("for n in 1 2 3 4 5; do sleep 0.5; echo $n; done"), output::write);

    assertThat(exitCode(result)).isZero();
    assertThat(output.toString(UTF_8)).isEqualTo("1\n2\n3\n4\n5\n");
  }

  @Test
  void endsACommandThatFallsSilentLater() throws InterruptedException {
    var result =
        runner.run(
            stalling("for n in 1 2 3; do sleep 0.5; echo $n; done; sleep 60"), output::write);

    assertThat(result).isEqualTo(new Stalled(STALL));
    assertThat(output.toString(UTF_8)).isEqualTo("1\n2\n3\n");
  }

  @Test
  void endsACommandThatHasClosedItsOutputAndGoesOn() throws InterruptedException {
    var result = runner.run(stalling("exec >/dev/null 2>&1; sleep 60"), output::write);

    assertThat(result).isEqualTo(new Stalled(STALL));
  }

  @Test
  void doesNotBlameACommandForASlowSink() throws InterruptedException {
    var result =
        runner.run(stalling("echo once"), (buffer, offset, length) -> pause(STALL.plusMillis(700)));

    assertThat(exitCode(result)).isZero();
  }

  @Test
  void namesTheAttemptInTheMarkOfItsCommands() throws InterruptedException {
    var attempt = AttemptId.random();
    var line = new Shell("echo $NUMA_AVATAR_COOKIE");

    runner.run(
        new Command(line, directory, Map.of(), LIMIT, Optional.empty(), Optional.of(attempt)),
        output::write);

    assertThat(output.toString(UTF_8)).matches(attempt + ":[-0-9a-f]{36}\n");
  }

  @Test
  void saysInAWordHowSurelyCommandsAreEnded() {
    assertThat(runner.containment()).contains(runner.control().word());
    assertThat(ProcessControl.PID_NAMESPACE.word()).isEqualTo("pid_namespace");
  }

  /**
   * If the kernel kills a command when its starter thread ends, that thread must not belong to a
   * pool.
   */
  @Test
  void letsACommandGoOnWhoseStarterHasNothingElseToDo() throws Exception {
    var threads = Executors.newFixedThreadPool(4);
    var begun = new CountDownLatch(1);
    Future<CommandResult> run =
        threads.submit(
            () ->
                runner.run(
                    command(new Shell("exec >&-; exec 2>&-; sleep 3; exit 4")),
                    (buffer, offset, length) -> begun.countDown()));

    // Reader threads start and end meanwhile, and no output is left.
    for (int i = 0; i < 20; i++) {
      var other = new Thread(() -> {}, "other");
      other.start();
      other.join();
    }

    assertThat(exitCode(run.get(30, SECONDS))).isEqualTo(4);
    threads.shutdown();
  }

  @Test
  void streamsMuchMoreThanFitsIntoMemory() throws InterruptedException {
    var java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
    var command =
        command(
            new Argv(
                List.of(
                    java,
                    "-Xmx24m",
                    "-XX:+UseSerialGC",
                    "-XX:TieredStopAtLevel=1",
                    "-cp",
                    System.getProperty("java.class.path"),
                    ManyBytes.class.getName(),
                    settings().strongest().name())));

    var result = runner.run(command, output::write);

    assertThat(output.toString(UTF_8)).endsWith("100000000 bytes\n");
    assertThat(exitCode(result)).isZero();
  }

  private CommandResult run(String line) throws InterruptedException {
    return runner.run(command(new Shell(line)), output::write);
  }

  private Command stalling(String line) {
    return new Command(
        new Shell(line), directory, Map.of(), LIMIT, Optional.of(STALL), Optional.empty());
  }

  private Command command(CommandLine line) {
    return command(line, LIMIT);
  }

  private static void pause(Duration duration) {
    try {
      assertThat(new CountDownLatch(1).await(duration.toMillis(), MILLISECONDS)).isFalse();
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  private void assertRefused(String program, String message) {
    assertThatThrownBy(() -> runner.run(command(new Argv(List.of(program))), output::write))
        .isInstanceOfSatisfying(
            PortException.class, e -> assertThat(e.kind()).isEqualTo(FailureKind.COMMAND_FAILED))
        .hasMessage(message);
  }

  private static int exitCode(CommandResult result) {
    return ((Exited) result).code();
  }

  private static void script(Path file, String text) throws IOException {
    Files.createDirectories(file.getParent());
    Files.writeString(file, text);
    assertThat(file.toFile().setExecutable(true)).isTrue();
  }
}
