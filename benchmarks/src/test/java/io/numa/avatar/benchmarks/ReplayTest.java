package io.numa.avatar.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReplayTest {
  @TempDir Path temp;
  private final List<String> said = new ArrayList<>();
  private Path repository;

  @BeforeEach
  void makeHistory() throws Exception {
    repository = OddHistory.in(temp);
  }

  private Replay replay() throws Exception {
    return Replay.of(repository, temp.resolve("work"), said::add);
  }

  private List<Change> history(Replay replay) throws Exception {
    var history = replay.history();
    return history.survey(history.upTo(NativeGit.head(repository)), replay.scratch());
  }

  @Test
  void makesTheTreesThatGitHas() throws Exception {
    try (var replay = replay()) {
      var replayed = replay.run(history(replay));

      assertThat(said).isEmpty();
      assertThat(replayed)
          .hasSize(OddHistory.changes())
          .allMatch(Replayed::identical)
          .allMatch(Replayed::identicalByGit);
    }
  }

  @Test
  void reportsAMissAndGoesOnWithACleanTree() throws Exception {
    try (var replay = replay()) {
      var changes = new ArrayList<>(history(replay));
      var wronged = changes.get(7);
      var wrong = new Change(wronged.commit(), wronged.parent(), "0".repeat(40), wronged.traits());
      changes.set(7, wrong);

      var replayed = replay.run(changes);

      assertThat(replayed)
          .filteredOn(one -> !one.identical())
          .extracting("change")
          .containsOnly(wrong);
      assertThat(said).singleElement().asString().contains(wronged.commit().value());
    }
  }
}
