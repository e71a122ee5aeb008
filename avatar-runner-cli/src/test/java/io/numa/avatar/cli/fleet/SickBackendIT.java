package io.numa.avatar.cli.fleet;

import static org.assertj.core.api.Assertions.assertThat;

import io.numa.avatar.cli.wiring.Avatar;
import io.numa.avatar.testkit.server.Fault;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Tests avatars whose backend becomes faulty while they work: in spite of every fault, nothing is
 * lost, out of order or done twice. All avatars work at the same time, each for a separate backend.
 */
class SickBackendIT {
  private static final Duration LIMIT = Duration.ofMinutes(Fleet.SOAK ? 20 : 5);
  private static final int ALONE = Fleet.SOAK ? 20 : 4;
  private static final int TOGETHER = Fleet.SOAK ? 20 : 8;
  private static final long SEED = 20_25;

  /** About 100 kB, in lines that are all different. */
  private static final String PRINT = "seq 1 19000";

  private static final Fault AWAY = Fault.status(503);
  private static final Fault BUSY = Fault.status(429, "Retry-After", "1");
  private static final Fault SILENT = new Fault.Stalls(Duration.ofMinutes(1));
  private static final Fault HANGS_UP = new Fault.HangsUp();
  private static final Fault LOSES_THE_ANSWER = new Fault.LosesTheAnswer();
  private static final Map<Fault, Double> ALL =
      Map.of(AWAY, 0.15, BUSY, 0.05, HANGS_UP, 0.1, LOSES_THE_ANSWER, 0.1, Fault.htmlPage(), 0.05);

  /** The kinds of faults of a backend. */
  enum Sickness {
    SAYS_503(ALONE, Map.of(AWAY, 0.3)),
    HANGS_UP_BEFORE(ALONE, Map.of(HANGS_UP, 0.1)),
    HANGS_UP_AFTERWARDS(ALONE, Map.of(LOSES_THE_ANSWER, 0.1)),
    HANGS_UP_AFTERWARDS_AND_IS_PLAIN(ALONE, Map.of(LOSES_THE_ANSWER, 0.1)),
    ASKS_FOR_TIME(ALONE, Map.of(BUSY, 0.2)),
    SHOWS_PAGES(ALONE, Map.of(Fault.htmlPage(), 0.3)),
    IS_SILENT(ALONE, Fleet.SOAK ? Map.of(SILENT, 0.05) : Map.of()),
    ALL_OF_IT(TOGETHER, ALL),
    ALL_OF_IT_AND_IS_PLAIN(TOGETHER, ALL),
    ALL_OF_IT_AND_GRANTS_LEASES(TOGETHER, ALL);

    private final int tasks;

    @SuppressWarnings("ImmutableEnumChecker") // Map.of makes none that change
    private final Map<Fault, Double> odds;

    Sickness(int tasks, Map<Fault, Double> odds) {
      this.tasks = tasks;
      this.odds = odds;
    }

    void fall(Fleet fleet) {
      fleet.backend.misbehaveAtRandom(SEED, odds);
      if (this == IS_SILENT) {
        for (String part : new String[] {"/messages", "/tasks/", "/status", "/logs"}) {
          fleet.backend.misbehave(1, part, SILENT);
        }
      }
    }

    void prepare(Fleet fleet) {
      if (name().endsWith("PLAIN")) {
        fleet.backend.plain();
      } else if (name().endsWith("LEASES")) {
        // Renewals fail at random, too: a shorter lease may end on a busy machine, rightly.
        fleet.backend.withLease(Duration.ofSeconds(60));
      }
    }
  }

  private record Case(Fleet fleet, Avatar avatar) {}

  @TempDir static Path folder;
  private static final Map<Sickness, Case> CASES = new EnumMap<>(Sickness.class);

  /** Each fault alone only with {@code -Psoak}: together they come in each build. */
  private static List<Sickness> sicknesses() {
    return Stream.of(Sickness.values())
        .filter(each -> Fleet.SOAK || each.tasks == TOGETHER || each == Sickness.IS_SILENT)
        .toList();
  }

  @BeforeAll
  static void beginAll() throws Exception {
    for (Sickness sickness : sicknesses()) {
      CASES.put(sickness, begin(sickness));
    }
    for (Sickness sickness : sicknesses()) {
      fallSick(sickness, CASES.get(sickness).fleet());
    }
  }

  /** Starts an avatar with a healthy backend that has a first task for it. */
  private static Case begin(Sickness sickness) throws Exception {
    var fleet = new Fleet(folder.resolve(sickness.name()));
    sickness.prepare(fleet);
    Avatar avatar = fleet.start("one", "avatar: {id: one, concurrency: 4}");
    fleet.announce(0, "true");
    return new Case(fleet, avatar);
  }

  /**
   * Waits until the avatar has carried out a task; then makes its backend faulty, with more tasks.
   */
  private static void fallSick(Sickness sickness, Fleet fleet) throws Exception {
    fleet.awaitDone(0, LIMIT);
    sickness.fall(fleet);
    for (int task = 1; task <= sickness.tasks; task++) {
      fleet.announce(task, PRINT);
    }
  }

  @AfterAll
  static void end() {
    CASES.values().forEach(each -> each.fleet().close());
  }

  @ParameterizedTest
  @MethodSource("sicknesses")
  void nothingIsLostAndNothingDoneTwice(Sickness sickness) throws Exception {
    Fleet fleet = CASES.get(sickness).fleet();
    for (int task = 1; task <= sickness.tasks; task++) {
      awaitEnd(fleet, task);
    }

    int next = sickness.tasks + 1;
    fleet.backend.behave();
    fleet.announce(next, "true");
    fleet.awaitDone(next, LIMIT);
    Fleet.drain(CASES.get(sickness).avatar());

    assertThat(fleet.backend.violations()).isEmpty();
    for (int task : IntStream.rangeClosed(0, next).toArray()) {
      assertOnce(fleet, task);
    }
  }

  /** Waits for the end of a task; fails at once, with the reason, if the task did not succeed. */
  private static void awaitEnd(Fleet fleet, int task) throws Exception {
    Fleet.await("the end of task " + task, LIMIT, () -> fleet.hasEnded(task));
    assertThat(fleet.lastWord(task)).as(() -> fleet.backend.log(task)).contains("done");
  }

  private static void assertOnce(Fleet fleet, int task) throws IOException {
    fleet.assertDelivered(task);
    fleet.assertLogs(task, "one");
    assertThat(fleet.runs(task)).as("runs of task %s", task).isOne();
  }
}
