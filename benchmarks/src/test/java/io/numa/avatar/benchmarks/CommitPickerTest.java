package io.numa.avatar.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import io.numa.avatar.task.CommitId;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class CommitPickerTest {
  private final List<Change> history =
      IntStream.range(0, 1000).mapToObj(CommitPickerTest::change).toList();

  private static Change change(int number) {
    var commit = new CommitId(String.format("%040x", number + 1));
    var parent = new CommitId(String.format("%040x", number));
    Trait trait = number == 777 ? Trait.LINK : number % 5 == 0 ? Trait.CRLF : Trait.ADDED;
    return new Change(commit, parent, "0".repeat(40), Map.of(Trait.FILE, 1, trait, 1));
  }

  @Test
  void picksWhatIsRareAndOfTheRestEvenly() {
    var picked = CommitPicker.pick(history, 140);

    assertThat(picked).hasSize(140).isSubsetOf(history).contains(history.get(777));
    assertThat(picked).filteredOn(change -> change.shows(Trait.CRLF)).hasSizeBetween(10, 50);
    assertThat(picked).filteredOn(change -> history.indexOf(change) < 500).hasSizeBetween(65, 75);
    assertThat(picked.stream().map(history::indexOf)).isSorted();
  }

  @Test
  void picksAllWhereThereAreNotEnough() {
    assertThat(CommitPicker.pick(history, 2000)).isEqualTo(history);
  }
}
