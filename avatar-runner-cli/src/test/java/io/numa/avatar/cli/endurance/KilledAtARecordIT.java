package io.numa.avatar.cli.endurance;

import io.numa.avatar.cli.wiring.KillableAvatar;
import io.numa.avatar.testkit.server.GitServer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Ends an avatar with SIGKILL right after kinds of record in its journal, and checks the results of
 * its tasks. Four processes in turn are killed after one record each, always a later one, and the
 * fifth one works to the end: at half of the kinds, those that the most depends on. With {@code
 * -Psoak}, the first process is killed before a record, and the second one after it, for each kind
 * of record, the statuses of all stages, and both kinds of backend.
 */
@Execution(ExecutionMode.CONCURRENT)
class KilledAtARecordIT {
  private static final boolean SOAK = Boolean.getBoolean("soak");

  /** In the order in which a task writes them. */
  private static final List<String> RECORDS =
      List.of(
          "accept",
          "reject",
          "begin",
          "claimed",
          "announce claim",
          "told claim",
          "announce clone",
          "announce test",
          "announce push",
          "acknowledged",
          "told between",
          "committed",
          "pushed",
          "announce last",
          "told last",
          "settle");

  /** The same kind of record as those of the stages above. */
  private static final List<String> RECORDS_OF_MORE_STAGES =
      List.of("announce fetch", "announce plan", "announce develop", "announce commit");

  private static final int CHAINS = 4;

  @TempDir static Path folder;
  private static GitServer git;

  private enum Manner {
    LEASES,
    PLAIN
  }

  /** A scenario: where one process after the other is killed, and the kind of backend. */
  private record Kills(List<String> points, Manner manner) {
    @Override
    public String toString() {
      return String.join(", ", points) + ", " + manner;
    }
  }

  @BeforeAll
  static void startGit() throws Exception {
    git = GitServer.start(folder.resolve("git"));
  }

  @AfterAll
  static void stopGit() {
    git.close();
  }

  private static Stream<Kills> kills() {
    return SOAK
        ? Stream.concat(RECORDS.stream(), RECORDS_OF_MORE_STAGES.stream())
            .flatMap(KilledAtARecordIT::aroundIt)
        : IntStream.of(0, CHAINS - 1).mapToObj(KilledAtARecordIT::chain);
  }

  private static Stream<Kills> aroundIt(String record) {
    return Stream.of(Manner.values())
        .map(manner -> new Kills(List.of("before " + record, "after " + record), manner));
  }

  /** Kills at every fourth record. */
  private static Kills chain(int first) {
    List<String> points =
        IntStream.iterate(first, i -> i < RECORDS.size(), i -> i + CHAINS)
            .mapToObj(i -> "after " + RECORDS.get(i))
            .toList();
    return new Kills(points, Manner.values()[first % Manner.values().length]);
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("kills")
  void everyTaskEndsOnceAllTheSame(Kills kills) throws Exception {
    try (Work work = begin(kills.manner())) {
      AvatarHome home =
          AvatarHome.make(folder.resolve(UUID.randomUUID().toString()), work.backend().url())
              .set("execution.max_attempts", 100);
      work.give("echo eins, zwei, drei");
      work.giveNonsense();
      work.giveFailing("echo vier");

      for (String point : kills.points()) {
        liveUntil(point, home);
        giveMore(work, point);
      }
      work.finish(home);

      work.assertDoneOnce(home);
    }
  }

  /** Adds work for the next process, as it does not write all records again for running tasks. */
  private static void giveMore(Work work, String point) {
    if (point.endsWith(" reject")) {
      work.giveNonsense();
    }
    work.give("echo once more");
  }

  private static Work begin(Manner manner) throws Exception {
    Work work = Work.begin(git);
    if (manner == Manner.PLAIN) {
      work.backend().plain();
    } else {
      work.backend().withLease(Duration.ofSeconds(30));
    }
    return work;
  }

  private static void liveUntil(String point, AvatarHome home) throws Exception {
    try (var avatar = home.start(KillableAvatar.class, List.of(point))) {
      avatar.awaitOutput(KillableAvatar.HALTED + point);
      avatar.kill();
    }
  }
}
