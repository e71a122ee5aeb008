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
 * Ends an avatar with SIGKILL right before and right after each kind of record in its journal, and
 * checks the results of its tasks. The first process is killed before the record, the second one
 * after it, and the third one works to the end. {@code -Psoak} does so with both kinds of backend
 * for each record.
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

  /** A scenario: the record to kill at, and the kind of backend. */
  private record Kill(String record, Manner manner) {
    @Override
    public String toString() {
      return record + ", " + manner;
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

  private static Stream<Kill> kills() {
    List<Manner> manners = List.of(Manner.values());
    return SOAK
        ? RECORDS.stream()
            .flatMap(record -> manners.stream().map(manner -> new Kill(record, manner)))
        : IntStream.range(0, RECORDS.size())
            .mapToObj(i -> new Kill(RECORDS.get(i), manners.get(i % manners.size())));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("kills")
  void everyTaskEndsOnceAllTheSame(Kill kill) throws Exception {
    try (Work work = begin(kill.manner())) {
      AvatarHome home =
          AvatarHome.make(folder.resolve(UUID.randomUUID().toString()), work.backend().url());
      work.give("echo eins, zwei, drei");
      work.giveNonsense();
      work.giveFailing("echo vier");

      if (SOAK) {
        liveUntil("before " + kill.record(), home);
        giveMoreOfWhatComesOnce(work, kill.record());
      }
      liveUntil("after " + kill.record(), home);
      work.finish(home);

      work.assertDoneOnce(home);
    }
  }

  /** Adds work for records that the process after a kill does not write again for running tasks. */
  private static void giveMoreOfWhatComesOnce(Work work, String record) {
    switch (record) {
      case "reject" -> work.giveNonsense();
      case "pushed" -> work.give("echo once more");
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
