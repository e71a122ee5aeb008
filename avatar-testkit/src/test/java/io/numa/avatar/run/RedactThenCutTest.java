package io.numa.avatar.run;

import static io.numa.avatar.run.RunWorld.TASK;
import static io.numa.avatar.run.RunWorld.run;
import static io.numa.avatar.run.RunWorld.write;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.numa.avatar.plan.CommandLine;
import io.numa.avatar.plan.DevelopmentPlan;
import io.numa.avatar.plan.PlanProblem;
import io.numa.avatar.plan.PlanSource;
import io.numa.avatar.plan.PlannedStep;
import io.numa.avatar.plan.Step;
import io.numa.avatar.plan.TestCommand;
import io.numa.avatar.plan.TestPolicy;
import io.numa.avatar.plan.WorkspacePath;
import io.numa.avatar.port.Attempt;
import io.numa.avatar.port.Command;
import io.numa.avatar.port.CommandResult;
import io.numa.avatar.port.Secret;
import io.numa.avatar.run.secret.Redactor;
import io.numa.avatar.task.Task;
import io.numa.avatar.task.TaskId;
import io.numa.avatar.task.TaskOutcome;
import io.numa.avatar.testkit.InMemoryBackend;
import io.numa.avatar.testkit.InMemoryChangeRequests;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * KiroCrew#5582: a secret that begins before a text is cut. Random secrets at random places around
 * every cut of the pipeline leave no piece of 8 characters in the log, a status, the console or a
 * change request. {@code -Psoak} tries more of them.
 */
class RedactThenCutTest {
  private static final int ROUNDS = Boolean.getBoolean("soak") ? 100 : 3;
  private static final int PIECE = 8;
  private static final RunSettings.Proposals PROPOSALS =
      new RunSettings.Proposals(RunSettings.Proposals.Mode.READY, List.of(), List.of());

  private static final String MESSAGE = "<testcase name='a'><failure message='%s'/>";

  @TempDir Path folder;

  /** Puts a text with a secret into a task. */
  private interface Shape {
    void in(RunWorld world, String text);
  }

  static Stream<Arguments> cuts() {
    return Stream.of(
        arguments("a step's command in its label", 100 - 4, failing(text -> run(text))),
        arguments("a step's command in its failure", 500, failing(text -> run(text))),
        arguments("a step's command in the log", 4_000, failing(text -> run(text))),
        arguments("a script's first line", 100 - 4, failing(text -> shell(text + "\nmake"))),
        arguments("a step's name", 100, named()),
        arguments("the text of an edit", 300, failing(RedactThenCutTest::edit)),
        arguments("the pattern of an assertion", 300, failing(text -> matches(text, true))),
        arguments("the match of an assertion", 300, matched(false)),
        arguments("the text of a file", 300, matched(true)),
        arguments("a path", 3_500, failing(RedactThenCutTest::missing)),
        arguments("the problems of a plan", 10_000, problems()),
        arguments("a test command", 500, tested()),
        arguments("a failure's message", 2_000, reported("<testcase name='a'><failure>%s")),
        arguments("a failure's message as a value", 2_000, reported(MESSAGE)),
        arguments("a failed test's name", 500, reported("<testcase name='%s'><failure/>")),
        arguments("what is read of a report", 4_000, reported("<testcase name='a'><failure>%s")),
        arguments("the name of a damaged report", 200 - 1, damaged()),
        arguments("a TAP diagnostic", 2_000, printed("1..1\nnot ok 1 - a\n# %s\n")),
        arguments("a TAP message", 2_000, printed("1..1\nnot ok 1 - a\n  message: '%s'\n")),
        arguments("a TAP test's name", 500, printed("1..1\nnot ok 1 - %s\n")),
        arguments("a command's last line", 300, printed("make\n%s\n")),
        arguments("the title of a change request", 199, titled()));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("cuts")
  void leavesNoPieceOfASecret(String place, int cut, Shape shape) throws Exception {
    var random = new Random(place.hashCode());
    for (int round = 0; round < ROUNDS; round++) {
      String secret = word(random, 16 + random.nextInt(50));
      int before = Math.max(0, cut - 1 - random.nextInt(secret.length() - 1));
      String text = word(random, before) + secret + word(random, random.nextInt(200));

      String told = tell(folder.resolve("round-" + round), secret, text, shape);

      for (int at = 0; at + PIECE <= secret.length(); at++) {
        assertThat(told)
            .as("%d characters before", before)
            .doesNotContain(secret.substring(at, at + PIECE));
      }
    }
  }

  /** Carries out the task, and gives all that leaves the avatar. */
  private static String tell(Path home, String secret, String text, Shape shape)
      throws IOException, InterruptedException {
    Files.createDirectories(home);
    var world = new RunWorld(home);
    var requests = new InMemoryChangeRequests(RunWorld.SHOP);
    shape.in(world, text);
    var settings =
        RunSettings.of(
                InMemoryBackend.DEFAULT_AVATAR,
                home.resolve("workspace"),
                home.resolve("logs"),
                Redactor.of(List.of(new Secret(secret))))
            .withPush(new RunSettings.PushPolicy(false, PROPOSALS));
    Queue<String> shown = new ConcurrentLinkedQueue<>();
    TaskOutcome outcome =
        new TaskRunner(
                world.ports(new InMemoryJournal(), requests),
                settings,
                new Console(shown),
                world.clock)
            .run(TASK);
    return String.join("\n", shown)
        + outcome
        + world.backend.events(TASK)
        + world.logFile()
        + requests.requests();
  }

  /** What a view shows. */
  private record Console(Queue<String> shown) implements RunListener {
    @Override
    public void began(Task task, Attempt attempt) {
      shown.add(task.title());
    }

    @Override
    public void printed(TaskId task, String text) {
      shown.add(text);
    }

    @Override
    public void ended(TaskId task, TaskOutcome outcome) {
      shown.add(outcome.toString());
    }
  }

  /** Makes a step of a text. */
  private interface StepOf {
    Step of(String text);
  }

  private static Shape failing(StepOf step) {
    return (world, text) -> {
      world.commands.otherwise((command, output) -> new CommandResult.Exited(1, Duration.ZERO));
      world.withSteps(write("login.txt", "login"), step.of(text));
    };
  }

  private static Step shell(String script) {
    return new Step.Run(
        new CommandLine.Shell(script), Optional.empty(), Map.of(), Optional.empty(), Set.of(0));
  }

  private static Step edit(String text) {
    return new Step.Edit(new WorkspacePath("login.txt"), text, "", Step.Occurrences.ONCE);
  }

  private static Step matches(String text, boolean expected) {
    return new Step.Assert(
        new WorkspacePath("login.txt"),
        new Step.Condition.Matches(Pattern.compile(text), expected));
  }

  private static Step missing(String text) {
    String path = text.replaceAll(".{200}", "$0/").replaceAll("/$", "");
    return new Step.Delete(
        new WorkspacePath(path.substring(Math.max(0, path.length() - 3_400)).replaceAll("^/", "")),
        false);
  }

  private static Shape named() {
    return (world, text) ->
        world.withPlan(
            new DevelopmentPlan(
                List.of(new PlannedStep(1, Optional.of(text), write("a.txt", "a"))),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                false,
                TestPolicy.UNSAID));
  }

  private static Shape matched(boolean expected) {
    return (world, text) ->
        world.withSteps(
            write("login.txt", text), matches(expected ? "nowhere" : "(?s).+", expected));
  }

  private static Shape problems() {
    return (world, text) ->
        world.withTask(
            RunWorld.task(
                TASK,
                RunWorld.BRANCH,
                new PlanSource.Invalid(List.of(new PlanProblem("/steps/0", text)))));
  }

  private static Shape tested() {
    return (world, text) -> {
      world.commands.otherwise((command, output) -> new CommandResult.Exited(1, Duration.ZERO));
      world.withPlan(
          DevelopmentPlan.of(write("login.txt", ""))
              .withTest(new TestCommand.Run(new CommandLine.Shell(text))));
    };
  }

  /** A report that ends early, so that its loss is told, too. */
  private static Shape reported(String format) {
    return testing(
        (command, text) ->
            Files.writeString(
                command.directory().resolve("junit.xml"), "<testsuite>" + format.formatted(text)));
  }

  /** A name has 255 bytes at most, so a folder's name is the beginning of the path. */
  private static Shape damaged() {
    return testing(
        (command, text) -> {
          String name = text.substring(100, Math.min(text.length(), 340)) + ".trx";
          Path above = Files.createDirectories(command.directory().resolve(text.substring(0, 100)));
          Files.writeString(above.resolve(name), "<TestRun>");
        });
  }

  private static Shape printed(String format) {
    return (world, text) -> {
      byte[] printed = format.formatted(text).getBytes(UTF_8);
      world.commands.answer(
          "mvn verify",
          (command, output) -> {
            output.write(printed, 0, printed.length);
            return new CommandResult.Exited(1, Duration.ZERO);
          });
      withTests(world);
    };
  }

  /** Lets a command that fails leave a text. */
  private interface Leaving {
    void leave(Command command, String text) throws IOException;
  }

  private static Shape testing(Leaving leaving) {
    return (world, text) -> {
      world.commands.answer(
          "mvn verify",
          (command, output) -> {
            try {
              leaving.leave(command, text);
            } catch (IOException e) {
              throw new UncheckedIOException(e);
            }
            return new CommandResult.Exited(1, Duration.ZERO);
          });
      withTests(world);
    };
  }

  private static void withTests(RunWorld world) {
    world.withPlan(
        DevelopmentPlan.of(write("login.txt", "")).withTest(new TestCommand.Run(RunWorld.MVN)));
  }

  private static Shape titled() {
    return (world, text) -> {
      var plan = new PlanSource.Structured(DevelopmentPlan.of(write("login.txt", "")));
      world.withTask(RunWorld.task(TASK, RunWorld.BRANCH, plan).withTitle(text));
    };
  }

  private static String word(Random random, int length) {
    var word = new StringBuilder();
    for (int i = 0; i < length; i++) {
      word.append(
          "0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"
              .charAt(random.nextInt(62)));
    }
    return word.toString();
  }
}
