package io.numa.avatar.git.internal.objects.packindex;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.numa.avatar.git.fixture.NativeGit;
import io.numa.avatar.git.fixture.PackBytes;
import io.numa.avatar.git.fixture.Programs;
import io.numa.avatar.git.fixture.RandomChoices;
import io.numa.avatar.git.internal.objects.GitDirectory;
import io.numa.avatar.git.internal.objects.PackIndexer;
import io.numa.avatar.git.internal.support.BlobIds;
import io.numa.avatar.git.internal.support.Folders;
import java.io.ByteArrayInputStream;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.eclipse.jgit.lib.NullProgressMonitor;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Packs of real histories: {@link ParallelPackIndexer} makes the index that JGit's parser makes,
 * byte by byte, or both refuse. The histories are those of this test's own repository, and of the
 * bare repositories that the system property {@code packs.of} names.
 */
class RealPacksTest {
  private static final int DAMAGES = 150;
  private static final String SEED = "20261129";

  @TempDir Path temp;
  private int tries;

  private static List<Path> repositories() {
    List<Path> all = new ArrayList<>();
    Path folder = Path.of("").toAbsolutePath();
    while (folder != null && !Files.exists(folder.resolve(".git"))) {
      folder = folder.getParent();
    }
    if (folder != null) {
      all.add(folder.resolve(".git"));
    }
    Stream.of(System.getProperty("packs.of", "").split(File.pathSeparator))
        .filter(name -> !name.isEmpty())
        .map(Path::of)
        .forEach(all::add);
    Programs.assumeInstalled("git");
    assumeTrue(!all.isEmpty(), "no history to take packs from");
    return all;
  }

  /**
   * The pack of some commits.
   *
   * @param revisions one per line, as for {@code git rev-list}
   */
  private static Optional<byte[]> pack(Path repository, String revisions, String... options)
      throws Exception {
    List<String> command = new ArrayList<>(List.of("git", "pack-objects", "-q", "--stdout"));
    command.addAll(List.of("--revs", "--threads=1"));
    command.addAll(List.of(options));
    byte[] wanted = (revisions + "\n").getBytes(US_ASCII);
    return new NativeGit(repository).run(wanted, Map.of(), command);
  }

  /** An indexer's index of a pack; empty if the indexer refuses the pack. */
  private static Optional<byte[]> index(PackIndexer indexer, Path folder, byte[] pack)
      throws IOException {
    try {
      Path stored = indexer.store(new ByteArrayInputStream(pack));
      assertThat(Files.readAllBytes(stored)).isEqualTo(pack);
      String name = stored.getFileName().toString().replace(".pack", ".idx");
      return Optional.of(Files.readAllBytes(stored.resolveSibling(name)));
    } catch (IOException | RuntimeException refused) {
      try (Stream<Path> left = Files.list(folder)) {
        assertThat(left.filter(file -> file.toString().endsWith(".idx"))).isEmpty();
      }
      return Optional.empty();
    }
  }

  private Path emptyRepository() throws IOException {
    Path git = temp.resolve("git-" + tries++);
    GitDirectory.create(git).close();
    return git;
  }

  /** The index that both indexers make; empty if both refuse the pack. */
  private Optional<byte[]> sameIndex(String shape, byte[] pack) throws IOException {
    Path ours = emptyRepository();
    Path folder = ours.resolve("objects/pack");
    Path theirs = emptyRepository();
    Optional<byte[]> actual =
        index(new ParallelPackIndexer(folder, NullProgressMonitor.INSTANCE), folder, pack);
    Optional<byte[]> expected =
        index(new JGitPackIndexer(theirs), theirs.resolve("objects/pack"), pack);
    assertThat(actual.isPresent())
        .as("whether the pack is taken: %s", shape)
        .isEqualTo(expected.isPresent());
    if (expected.isPresent()) {
      assertThat(actual.get()).as(shape).isEqualTo(expected.get());
    }
    Folders.delete(ours);
    Folders.delete(theirs);
    return actual;
  }

  @Test
  void makesTheIndexThatJGitMakesOfAWholeHistory() throws Exception {
    for (Path repository : repositories()) {
      requireSameIndex(repository, "HEAD", "--delta-base-offset", "--depth=50");
    }
  }

  /** Of a part of the history, as the time for the whole grows with each commit. */
  @ParameterizedTest
  @CsvSource({
    "--no-delta-base-offset, --depth=50",
    "--no-delta-base-offset, --depth=1",
    "--delta-base-offset, --depth=1"
  })
  void makesTheIndexThatJGitMakesOfOtherDeltas(String deltas, String depth) throws Exception {
    for (Path repository : repositories()) {
      requireSameIndex(repository, "HEAD\n^HEAD~50", deltas, depth);
    }
  }

  private void requireSameIndex(Path repository, String revisions, String... options)
      throws Exception {
    String shape = repository + " " + String.join(" ", options);
    Optional<byte[]> pack = pack(repository, revisions, options);
    assumeTrue(pack.isPresent(), "no history in " + repository);
    assertThat(sameIndex(shape, pack.get())).as(shape).isPresent();
  }

  /** A pack of real history may or may not be thin; this one is always thin. */
  @Test
  void refusesAThinPackWhereJGitDoes() throws Exception {
    for (Path repository : repositories()) {
      Optional<byte[]> pack =
          pack(repository, "HEAD\n^HEAD~20", "--thin", "--delta-base-offset", "--no-reuse-delta");
      assumeTrue(pack.isPresent(), "no history in " + repository);
      sameIndex(repository + " thin", pack.get());
    }
    var made = new PackBytes();
    made.delta(BlobIds.of(new byte[] {1, 2, 3}), PackBytes.longer(3, new byte[] {4}));
    assertThat(sameIndex("made", made.end())).isEmpty();
  }

  @Test
  void takesNoDamagedPackThatJGitRefusesAndRefusesNoneThatItTakes() throws Exception {
    for (Path repository : repositories()) {
      Optional<byte[]> pack = pack(repository, "HEAD\n^HEAD~5", "--delta-base-offset");
      Optional<byte[]> byId = pack(repository, "HEAD\n^HEAD~5", "--no-delta-base-offset");
      assumeTrue(pack.isPresent() && byId.isPresent(), "no history in " + repository);
      var choices = new RandomChoices(Long.parseLong(SEED));
      for (int i = 0; i < DAMAGES; i++) {
        byte[] damaged = (i % 2 == 0 ? pack : byId).get().clone();
        for (int flips = 1 + choices.below(2); flips > 0; flips--) {
          damaged[choices.below(damaged.length - 20)] ^= (byte) (1 << choices.below(8));
        }
        sameIndex(repository + " damaged, " + i, i % 5 == 0 ? damaged : PackBytes.summed(damaged));
      }
    }
  }
}
