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
 * Ends an avatar with SIGKILL right after each kind of record in its journal, and checks the
 * results of its tasks. The first process is killed after one record, the second one after a later
 * one, and the third one works to the end. With {@code -Psoak}, the first process is killed before
 * a record, and the second one after it, for each record and both kinds of backend.
 */
@Execution(ExecutionMode.CONCURRENT)
class KilledAtARecordIT {
  private static final boolean SOAK = Boolean.getBoolean("soak");

  private static final List<String> RECORDS =
      List.of(
          "accept",
          "reject",
          "begin",
          "claimed",
          "announce claim",
          "told claim",
          "announce fetch",
          "announce plan",
          "announce clone",
          "announce develop",
          "announce test",
          "announce commit",
          "announce push",
          "acknowledged",
          "told between",
          "committed",
          "pushed",
          "announce last",
          "told last",
          "settle");

  @TempDir static Path folder;
  private static GitServer git;

  private enum Manner {
    LEASES,
    PLAIN
  }

  /** A scenario: where the first and the second process are killed, and the kind of backend. */
  private record Kills(String first, String second, Manner manner) {
    @Override
    public String toString() {
      return first + ", " + second + ", " + manner;
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
        ? RECORDS.stream().flatMap(KilledAtARecordIT::aroundIt)
        : IntStream.range(0, RECORDS.size() / 2).mapToObj(KilledAtARecordIT::pair);
  }

  private static Stream<Kills> aroundIt(String record) {
    return Stream.of(Manner.values())
        .map(manner -> new Kills("before " + record, "after " + record, manner));
  }

  /** Kills at a record of the first half, and then at the record as far on in the second half. */
  private static Kills pair(int i) {
    return new Kills(
        "after " + RECORDS.get(i),
        "after " + RECORDS.get(i + RECORDS.size() / 2),
        Manner.values()[i % Manner.values().length]);
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("kills")
  void everyTaskEndsOnceAllTheSame(Kills kills) throws Exception {
    try (Work work = begin(kills.manner())) {
      AvatarHome home =
          AvatarHome.make(folder.resolve(UUID.randomUUID().toString()), work.backend().url());
      work.give("echo eins, zwei, drei");
      work.giveNonsense();
      work.giveFailing("echo vier");

      liveUntil(kills.first(), home);
      giveMoreOfWhatComesOnce(work, kills.second());
      liveUntil(kills.second(), home);
      work.finish(home);

      work.assertDoneOnce(home);
    }
  }

  /** Adds work for records that the process after a kill does not write again for running tasks. */
  private static void giveMoreOfWhatComesOnce(Work work, String point) {
    switch (point) {
      case "after reject" -> work.giveNonsense();
      case "after pushed" -> work.give("echo once more");
      default -> {}
    }
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
