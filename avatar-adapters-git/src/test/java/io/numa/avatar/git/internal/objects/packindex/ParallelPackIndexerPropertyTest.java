package io.numa.avatar.git.internal.objects.packindex;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.numa.avatar.git.fixture.NativeGit;
import io.numa.avatar.git.fixture.PackBytes;
import io.numa.avatar.git.fixture.RandomChoices;
import io.numa.avatar.git.fixture.RandomSeeds;
import io.numa.avatar.git.internal.objects.GitDirectory;
import io.numa.avatar.git.internal.objects.Packs;
import io.numa.avatar.git.internal.support.Folders;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.NullProgressMonitor;
import org.eclipse.jgit.lib.ObjectInserter;
import org.eclipse.jgit.lib.Repository;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;

/**
 * Random packs, valid and damaged: the index equals native Git's, byte by byte, or both refuse the
 * pack.
 */
class ParallelPackIndexerPropertyTest {
  private static final long SEED = 20261128;

  private static Path temp;
  private static Path store;
  private static NativeGit git;
  private static int tries;

  @BeforeAll
  static void makeRepository() throws Exception {
    temp = Files.createTempDirectory("packs");
    store = temp.resolve("store");
    GitDirectory.create(store).close();
    git = new NativeGit(store);
  }

  @AfterAll
  static void remove() throws Exception {
    Folders.delete(temp);
  }

  @ParameterizedTest
  @RandomSeeds(from = SEED, count = 40)
  void makesTheIndexThatNativeGitMakes(long seed) throws Exception {
    var choices = new RandomChoices(seed);
    byte[] pack = pack(choices);
    long maxKept = choices.of(0L, 3000L, 1L << 20);

    Path stored = store(pack, maxKept);

    assertThat(Files.readAllBytes(stored)).isEqualTo(pack);
    assertThat(indexOf(stored)).isEqualTo(nativeIndex(pack).orElseThrow());
  }

  @ParameterizedTest
  @RandomSeeds(from = SEED, count = 100)
  void refusesWhatNativeGitRefuses(long seed) throws Exception {
    var choices = new RandomChoices(seed);
    byte[] pack = damaged(pack(choices), choices);
    Optional<byte[]> expected = nativeIndex(pack);

    if (expected.isPresent()) {
      assertThat(indexOf(store(pack, 1L << 20))).isEqualTo(expected.get());
    } else {
      assertThatThrownBy(() -> store(pack, 1L << 20)).isInstanceOf(IOException.class);
      assertThat(folder()).isEmptyDirectory();
    }
  }

  private static Path store(byte[] pack, long maxKept) throws IOException {
    Path folder = folder();
    Folders.delete(folder);
    Files.createDirectory(folder);
    return new ParallelPackIndexer(folder, NullProgressMonitor.INSTANCE, maxKept)
        .store(new ByteArrayInputStream(pack));
  }

  private static Path folder() {
    return temp.resolve("ours");
  }

  private static byte[] indexOf(Path pack) throws IOException {
    try (Stream<Path> files = Files.list(pack.getParent())) {
      assertThat(files.toList()).hasSize(2);
    }
    String name = pack.getFileName().toString().replace(".pack", ".idx");
    return Files.readAllBytes(pack.resolveSibling(name));
  }

  private static Optional<byte[]> nativeIndex(byte[] pack) throws Exception {
    Path file = temp.resolve("theirs-" + tries++ + ".pack");
    Path index = temp.resolve("theirs.idx");
    Files.write(file, pack);
    Files.deleteIfExists(index);
    Optional<byte[]> done =
        git.run(
            new byte[0],
            Map.of(),
            List.of("git", "index-pack", "-o", index.toString(), file.toString()));
    Files.delete(file);
    return done.isPresent() ? Optional.of(Files.readAllBytes(index)) : Optional.empty();
  }

  /** Versions of some files, packed by native Git with random options. */
  private static byte[] pack(RandomChoices choices) throws Exception {
    List<String> ids = new ArrayList<>();
    try (Repository repository = GitDirectory.open(store);
        ObjectInserter inserter = Packs.inserter(repository)) {
      int files = 1 + choices.below(6);
      for (int file = 0; file < files; file++) {
        byte[] content = choices.bytes(choices.below(5000));
        int versions = 1 + choices.below(40);
        for (int version = 0; version < versions; version++) {
          ids.add(inserter.insert(Constants.OBJ_BLOB, content).name());
          content = edited(content, choices);
        }
      }
      inserter.flush();
    }
    List<String> command =
        new ArrayList<>(List.of("git", "pack-objects", "-q", "--stdout", "--window=20"));
    command.add("--depth=" + choices.of(0, 1, 5, 50));
    if (choices.once(2)) {
      command.add("--delta-base-offset");
    }
    byte[] wanted = (String.join("\n", ids.stream().distinct().toList()) + "\n").getBytes(US_ASCII);
    return git.run(wanted, Map.of(), command).orElseThrow();
  }

  private static byte[] edited(byte[] content, RandomChoices choices) {
    int from = choices.below(content.length + 1);
    int to = Math.min(content.length, from + choices.below(50));
    byte[] piece = choices.bytes(choices.below(50));
    byte[] edited = Arrays.copyOf(content, content.length - (to - from) + piece.length);
    System.arraycopy(piece, 0, edited, from, piece.length);
    System.arraycopy(content, to, edited, from + piece.length, content.length - to);
    return edited;
  }

  /** Damages a pack. Half of the time, a right checksum hides the damage. */
  private static byte[] damaged(byte[] pack, RandomChoices choices) {
    byte[] damaged = pack.clone();
    switch (choices.below(4)) {
      case 0 -> damaged = Arrays.copyOf(pack, choices.below(pack.length));
      case 1 -> damaged = Arrays.copyOf(pack, pack.length + 1 + choices.below(30));
      default -> {
        int times = 1 + choices.below(3);
        for (int i = 0; i < times; i++) {
          damaged[choices.below(pack.length)] ^= (byte) (1 << choices.below(8));
        }
      }
    }
    return choices.once(2) ? damaged : PackBytes.summed(damaged);
  }
}
