package io.numa.avatar.run;

import static io.numa.avatar.run.RunWorld.MVN;
import static io.numa.avatar.run.RunWorld.TASK;
import static org.assertj.core.api.Assertions.assertThat;

import io.numa.avatar.plan.DevelopmentPlan;
import io.numa.avatar.plan.TestCommand;
import io.numa.avatar.plan.TestPolicy;
import io.numa.avatar.plan.TestPolicy.FailOn;
import io.numa.avatar.port.CommandResult;
import io.numa.avatar.task.TaskOutcome;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * go-junit-report#138, expecto#324, junit5#2269: random suites on the base commit and with the
 * change, and random damage to the reports of either. A command that failed passes only if all
 * results are there and all failures are old. {@code -Psoak} tries more of them.
 */
class BaselineDamageTest {
  private static final int ROUNDS = Boolean.getBoolean("soak") ? 1_500 : 40;
  private static final TestPolicy ONLY_NEW =
      new TestPolicy(Optional.empty(), Optional.of(FailOn.NEW));

  @TempDir Path folder;
  private final long seed = new Random().nextLong();
  private final Random random = new Random(seed);

  /** What happens to the first report. */
  private enum Damage {
    NONE,
    /** It is read all the same. */
    FORBIDDEN_CHARACTERS,
    TRUNCATED,
    DELETED,
    FEWER_CASES;

    boolean loses() {
      return compareTo(TRUNCATED) >= 0;
    }
  }

  private record Case(String name, boolean fails) {
    String xml() {
      String failure = fails ? "<failure message='no'/>" : "";
      return "<testcase name='%s'>%s</testcase>".formatted(name, failure);
    }
  }

  /** The reports of a run, each a list of cases. */
  private record Suites(List<List<Case>> reports, Damage damage) {
    /** The reports without what is missing in silence. */
    List<List<Case>> kept() {
      var kept = new ArrayList<>(reports);
      List<Case> first = kept.remove(0);
      if (damage == Damage.FEWER_CASES) {
        kept.add(0, first.subList(1, first.size()));
      } else if (damage != Damage.DELETED) {
        kept.add(0, first);
      }
      return kept;
    }

    Set<String> failures() {
      return kept().stream()
          .flatMap(List::stream)
          .filter(Case::fails)
          .map(Case::name)
          .collect(Collectors.toSet());
    }
  }

  @Test
  void passesOnlyOldFailuresInWholeResults() throws Exception {
    int passed = 0;
    for (int round = 0; round < ROUNDS; round++) {
      Suites base = new Suites(write(), damage());
      Suites changed = new Suites(change(base.reports()), damageBeside(base.damage()));
      boolean old = !changed.failures().isEmpty() && covers(base, changed);

      TaskOutcome outcome = run(folder.resolve("round-" + round), base, changed);

      assertThat(outcome instanceof TaskOutcome.Delivered)
          .as("seed %s: %s, then %s: %s", seed, base, changed, outcome)
          .isEqualTo(old && !changed.damage().loses() && base.damage() != Damage.TRUNCATED);
      passed += outcome instanceof TaskOutcome.Delivered ? 1 : 0;
    }
    assertThat(passed).as("seed %s", seed).isPositive();
  }

  private static boolean covers(Suites base, Suites changed) {
    return base.failures().containsAll(changed.failures());
  }

  private List<List<Case>> write() {
    List<List<Case>> reports = new ArrayList<>();
    int number = 0;
    for (int count = 1 + random.nextInt(4); count > 0; count--) {
      List<Case> cases = new ArrayList<>();
      for (int size = 1 + random.nextInt(4); size > 0; size--) {
        cases.add(new Case("test" + number++, random.nextInt(3) == 0));
      }
      reports.add(cases);
    }
    return reports;
  }

  /** Mends some of the failing tests, and seldom breaks another one. */
  private List<List<Case>> change(List<List<Case>> reports) {
    return reports.stream().map(cases -> cases.stream().map(this::change).toList()).toList();
  }

  private Case change(Case test) {
    return new Case(
        test.name(), random.nextInt(20) == 0 || (test.fails() && random.nextInt(4) > 0));
  }

  private Damage damage() {
    return random.nextBoolean()
        ? Damage.NONE
        : Damage.values()[random.nextInt(Damage.values().length)];
  }

  /** What is missing in silence on both sides is not seen: it could be no part of the project. */
  private Damage damageBeside(Damage other) {
    Damage damage = damage();
    return damage.loses() && other.loses() ? Damage.TRUNCATED : damage;
  }

  private TaskOutcome run(Path home, Suites base, Suites changed) throws Exception {
    var world = new RunWorld(Files.createDirectories(home));
    world.commands.answer(
        "mvn verify",
        (command, output) -> {
          boolean isChanged = Files.exists(command.directory().resolve("login.txt"));
          leave(isChanged ? changed : base, command.directory());
          int exitCode = isChanged || !base.failures().isEmpty() ? 1 : 0;
          return new CommandResult.Exited(exitCode, Duration.ZERO);
        });
    world.withPlan(
        DevelopmentPlan.of(RunWorld.write("login.txt", ""))
            .withTest(new TestCommand.Run(MVN))
            .withTestPolicy(ONLY_NEW));
    return world.runner().run(TASK);
  }

  private void leave(Suites suites, Path directory) {
    int number = 0;
    try {
      for (List<Case> cases : suites.kept()) {
        String xml = cases.stream().map(Case::xml).collect(Collectors.joining());
        String report = "<testsuite>" + xml + "</testsuite>";
        boolean damaged = number == 0;
        Files.writeString(
            directory.resolve("TEST-" + number++ + ".xml"),
            damaged ? damaged(report, suites.damage()) : report);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private String damaged(String report, Damage damage) {
    return switch (damage) {
      case FORBIDDEN_CHARACTERS -> report.replace("'no'", "'\0 &nbsp; \u001b[31m'");
      case TRUNCATED -> report.substring(0, random.nextInt(report.length()));
      case NONE, DELETED, FEWER_CASES -> report;
    };
  }
}
