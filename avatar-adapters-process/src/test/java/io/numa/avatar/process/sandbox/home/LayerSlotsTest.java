package io.numa.avatar.process.sandbox.home;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.numa.avatar.port.PortException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Layers that are lent to sandboxes. */
class LayerSlotsTest {
  @TempDir Path folder;
  private Path repository;

  @BeforeEach
  void makeFolders() throws IOException {
    Files.createDirectory(folder.resolve("cache"));
    repository = folder.resolve("repository");
  }

  @Test
  void areNeverLentTwiceAtOnce() {
    LayerSlots slots = slots();
    Set<Path> inUse = ConcurrentHashMap.newKeySet();

    IntStream.range(0, 400)
        .parallel()
        .forEach(
            round -> {
              try (LayerSlots.Slot slot = slots.take(repository)) {
                Path upper = slot.layers().get(0).upper();
                assertThat(inUse.add(upper)).isTrue();
                assertThat(upper).isDirectory();
                inUse.remove(upper);
              }
            });
  }

  /** As another avatar on the same folder. */
  @Test
  void areNotLentWhereTheyAreInUseByOthers() {
    LayerSlots.Slot theirs = slots().take(repository);
    LayerSlots.Slot ours = slots().take(repository);

    assertThat(ours.layers()).isNotEqualTo(theirs.layers());
  }

  @Test
  void keepWhatWasWrittenThere() throws IOException {
    LayerSlots slots = slots();
    try (LayerSlots.Slot first = slots.take(repository);
        LayerSlots.Slot second = slots.take(repository)) {
      Files.writeString(first.layers().get(0).upper().resolve("x"), "first");
      Files.writeString(second.layers().get(0).upper().resolve("x"), "second");
    }

    try (LayerSlots.Slot first = slots.take(repository);
        LayerSlots.Slot second = slots.take(repository)) {
      assertThat(first.layers().get(0).upper().resolve("x")).hasContent("first");
      assertThat(second.layers().get(0).upper().resolve("x")).hasContent("second");
    }
  }

  @Test
  void areBounded() {
    LayerSlots slots = slots();
    var taken = new ArrayList<LayerSlots.Slot>();

    assertThatThrownBy(
            () -> {
              while (taken.size() <= 256) {
                taken.add(slots.take(repository));
              }
            })
        .isInstanceOf(PortException.class)
        .hasMessageContaining("256 in use");

    taken.forEach(LayerSlots.Slot::close);
    assertThat(slots.take(repository).layers()).isEqualTo(taken.get(0).layers());
  }

  @Test
  void areFreeAgainAfterTheirFoldersCouldNotBeMade() throws IOException {
    LayerSlots slots = slots();
    Files.writeString(repository, "in the way");
    assertThatThrownBy(() -> slots.take(repository)).isInstanceOf(PortException.class);
    Files.delete(repository);

    Path upper = slots.take(repository).layers().get(0).upper();
    assertThat(folder.relativize(upper).toString()).doesNotContain("-2");
  }

  private LayerSlots slots() {
    return new LayerSlots(
        folder.resolve("locks"), new Layers(folder, List.of(folder.resolve("cache"))));
  }
}
