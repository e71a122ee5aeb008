package io.numa.avatar.git.internal.objects.packindex;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.numa.avatar.git.fixture.PackBytes;
import io.numa.avatar.git.internal.objects.FreshRepository;
import io.numa.avatar.git.internal.objects.GitDirectory;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.EmptyProgressMonitor;
import org.eclipse.jgit.lib.NullProgressMonitor;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.ObjectInserter;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.util.NB;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Packs that only an attacker or a broken server would send. */
class ParallelPackIndexerTest {
  private static final byte[] MORE = {'m', 'o', 'r', 'e'};

  @TempDir Path temp;
  private Path git;
  private Path folder;

  @BeforeEach
  void makeRepository() throws IOException {
    git = temp.resolve("git");
    GitDirectory.create(git).close();
    folder = git.resolve("objects/pack");
  }

  private void store(byte[] pack, long maxKept) throws IOException {
    new ParallelPackIndexer(folder, NullProgressMonitor.INSTANCE, maxKept)
        .store(new ByteArrayInputStream(pack));
  }

  private void assertRefused(PackBytes pack, String reason) {
    assertThatThrownBy(() -> store(pack.end(), 0))
        .isInstanceOf(IOException.class)
        .hasMessageContaining(reason);
    assertThat(folder).isEmptyDirectory();
  }

  private static byte[] repeated(byte[] piece, int times) {
    var all = new ByteArrayOutputStream();
    for (int i = 0; i < times; i++) {
      all.writeBytes(piece);
    }
    return all.toByteArray();
  }

  private static byte[] bytes(int number) {
    byte[] bytes = new byte[4];
    NB.encodeInt32(bytes, 0, number);
    return bytes;
  }

  private List<Path> files() throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.toList();
    }
  }

  private static ObjectId id(byte[] blob) {
    try (var formatter = new ObjectInserter.Formatter()) {
      return formatter.idFor(Constants.OBJ_BLOB, blob);
    }
  }

  private void assertHas(byte[] blob) throws IOException {
    try (Repository repository = GitDirectory.open(git)) {
      assertThat(repository.open(id(blob)).getCachedBytes()).isEqualTo(blob);
    }
  }

  @Test
  void followsAChainOfManyThousandsWithoutAStackOfCallsOrContents() throws IOException {
    var pack = new PackBytes();
    int last = pack.blob(bytes(0));
    for (int i = 1; i < 20_000; i++) {
      int base = last;
      pack.delta(base, PackBytes.only(4, bytes(-2 * i)));
      last = pack.delta(base, PackBytes.only(4, bytes(i)));
      pack.delta(base, PackBytes.only(4, bytes(-2 * i - 1)));
    }

    store(pack.end(), 0);

    assertHas(bytes(19_999));
  }

  @Test
  void makesObjectsAgainThatItCouldNotKeep() throws IOException {
    var pack = new PackBytes();
    pack.blob(MORE);
    byte[] base = MORE;
    for (int i = 1; i < 300; i++) { // it is unknown in advance which one has the most dependents
      pack.delta(id(base), PackBytes.longer(base.length, new byte[] {'x'}));
      pack.delta(id(base), PackBytes.longer(base.length, MORE));
      base = repeated(MORE, i + 1);
      pack.delta(id(repeated(MORE, i)), PackBytes.longer(4 * i, new byte[] {'y'}));
    }

    store(pack.end(), 1000);

    assertHas(repeated(MORE, 300));
  }

  @Test
  void readsADifferenceToWhatComesLaterByItsId() throws IOException {
    var pack = new PackBytes();
    pack.delta(id(repeated(MORE, 2)), PackBytes.longer(8, MORE));
    pack.delta(id(MORE), PackBytes.longer(4, MORE));
    pack.blob(MORE);

    store(pack.end(), 0);

    assertHas(repeated(MORE, 3));
  }

  @Test
  void readsAnObjectThatIsThereTwice() throws IOException {
    var pack = new PackBytes();
    pack.blob(MORE);
    pack.blob(MORE);
    pack.delta(id(MORE), PackBytes.longer(4, MORE));

    store(pack.end(), 0);

    assertHas(repeated(MORE, 2));
  }

  @Test
  void refusesADifferenceToWhatIsNotThere() throws IOException {
    var pack = new PackBytes();
    pack.blob(MORE);
    pack.delta(id(repeated(MORE, 2)), PackBytes.longer(8, MORE));

    assertRefused(pack, "a pack has a delta to an object that it lacks");
  }

  @Test
  void refusesDifferencesToEachOther() throws IOException {
    var pack = new PackBytes();
    pack.blob(MORE);
    pack.delta(id(repeated(MORE, 3)), PackBytes.longer(8, MORE));
    pack.delta(id(repeated(MORE, 2)), PackBytes.longer(12, MORE));

    assertRefused(pack, "a pack has a delta to an object that it lacks");
  }

  @Test
  void refusesADifferenceToTheMiddleOfAnObjectAndToItself() throws IOException {
    for (int base : new int[] {13, 12 + 100}) {
      var pack = new PackBytes();
      pack.blob(MORE);
      pack.deltaAt(base, PackBytes.longer(4, MORE));
      assertRefused(pack, "a pack has a delta to a place without an object");
    }
  }

  @Test
  void refusesADifferenceThatDoesNotFit() throws IOException {
    byte[] reachesOut = {4, 8, (byte) 0x91, 100, 8};
    byte[] unknown = {4, 8, 0};
    byte[] tooShort = {4};
    byte[] otherBase = PackBytes.longer(5, MORE);
    for (byte[] delta : List.of(reachesOut, unknown, tooShort, otherBase)) {
      var pack = new PackBytes();
      pack.delta(pack.blob(MORE), delta);
      assertRefused(pack, "a pack has a delta that does not fit");
    }
  }

  @Test
  void refusesADifferenceThatPromisesMoreThanAnArrayHolds() throws IOException {
    byte[] promise = {4, (byte) 0xff, (byte) 0xff, (byte) 0xff, (byte) 0xff, (byte) 0xff, 0x7f};
    var pack = new PackBytes();
    pack.delta(pack.blob(MORE), promise);

    assertRefused(pack, "Object too large");
  }

  @Test
  void refusesAnObjectOfAnotherSizeThanItSays() throws IOException {
    for (int size : new int[] {3, 5}) {
      var pack = new PackBytes();
      pack.add(Constants.OBJ_BLOB, size, new byte[0], MORE);
      assertRefused(pack, "a pack has an object that does not have the " + size + " bytes");
    }
  }

  @Test
  void refusesAPackThatPromisesMoreObjectsThanItHas() {
    byte[] pack = {'P', 'A', 'C', 'K', 0, 0, 0, 2, -1, -1, -1, -1};

    assertThatThrownBy(() -> store(PackBytes.summed(Arrays.copyOf(pack, 32)), 0))
        .isInstanceOf(IOException.class);
    assertThat(folder).isEmptyDirectory();
  }

  @Test
  void stopsOnceItIsCancelled() throws IOException {
    var pack = new PackBytes();
    int base = pack.blob(MORE);
    pack.delta(base, PackBytes.longer(4, MORE));
    for (int allowed : new int[] {0, 2}) {
      var monitor = new Impatient(allowed);
      assertThatThrownBy(
              () ->
                  new ParallelPackIndexer(folder, monitor)
                      .store(new ByteArrayInputStream(pack.end())))
          .isInstanceOf(IOException.class)
          .hasMessageStartingWith("stopped while a pack");
      assertThat(folder).isEmptyDirectory();
    }
  }

  private static final class Impatient extends EmptyProgressMonitor {
    private int allowed;

    Impatient(int allowed) {
      this.allowed = allowed;
    }

    @Override
    public boolean isCancelled() {
      return allowed-- <= 0;
    }
  }

  @Test
  void storesTheFirstPackOfARepositoryBeforeJGitReadsIt() throws IOException {
    var pack = new PackBytes();
    for (int i = 0; i < 1000; i++) {
      pack.blob(repeated(MORE, i));
    }
    try (var repository =
            new FreshRepository(
                git, new ParallelPackIndexer(folder, NullProgressMonitor.INSTANCE));
        ObjectInserter inserter = repository.newObjectInserter()) {
      var parser = inserter.newPackParser(new ByteArrayInputStream(pack.end()));
      assertThat(files()).hasSize(2);

      assertThat(parser.parse(NullProgressMonitor.INSTANCE)).isNull();

      assertThat(files()).hasSize(2);
      assertThat(repository.getObjectDatabase().has(id(repeated(MORE, 999)))).isTrue();
    }
  }

  @Test
  void leavesSmallPacksAndLaterOnesToJGit() throws IOException {
    var small = new PackBytes();
    small.blob(MORE);
    try (var repository =
            new FreshRepository(
                git, new ParallelPackIndexer(folder, NullProgressMonitor.INSTANCE));
        ObjectInserter inserter = repository.newObjectInserter()) {
      var parser = inserter.newPackParser(new ByteArrayInputStream(small.end()));
      assertThat(folder).isEmptyDirectory();

      parser.parse(NullProgressMonitor.INSTANCE);

      assertHas(MORE);
    }
  }
}
