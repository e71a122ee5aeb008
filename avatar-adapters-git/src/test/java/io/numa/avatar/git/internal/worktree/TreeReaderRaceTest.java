package io.numa.avatar.git.internal.worktree;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.numa.avatar.git.internal.objects.GitDirectory;
import io.numa.avatar.port.repository.ChangedPaths;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.ObjectInserter;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.treewalk.TreeWalk;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Isolated;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * During a read of the tree, a link that leads out of it appears and disappears. Needs two
 * processors.
 */
@Isolated
@Timeout(60)
class TreeReaderRaceTest {
  // Both have the same length: a read takes no more of a file than its size at the check.
  private static final String HARMLESS = "harmless";
  private static final String SECRET = "a secret";
  private static final long DURATION =
      TimeUnit.MILLISECONDS.toNanos(Boolean.getBoolean("soak") ? 10_000 : 700);

  @TempDir Path temp;
  private final AtomicBoolean stopped = new AtomicBoolean();

  @ParameterizedTest
  @ValueSource(strings = {"tree/dir", "tree/dir/file", "tree"})
  void nothingOutsideIsReadIntoTheCommit(String flipped) throws Exception {
    Path tree = temp.resolve("tree");
    Path outside = temp.resolve("outside");
    plant(tree, HARMLESS);
    plant(outside, SECRET);
    Path place = temp.resolve(flipped);
    Path target =
        temp.resolve(flipped.endsWith("file") ? "outside/dir/file" : "outside").toAbsolutePath();
    var flipper = new Thread(() -> flip(place, target), "flipper");
    Set<String> read = new TreeSet<>();

    flipper.start();
    try (Repository repository = GitDirectory.create(temp.resolve("git"))) {
      long end = System.nanoTime() + DURATION;
      while (System.nanoTime() - end < 0 || !read.containsAll(Set.of(HARMLESS, "refused"))) {
        read(repository, tree, read);
      }
    } finally {
      stopped.set(true);
      flipper.join();
    }

    assertThat(read).doesNotContain(SECRET);
  }

  private static void plant(Path folder, String text) throws IOException {
    for (String name : new String[] {"file", "dir/file", "dir/dir/file"}) {
      Files.createDirectories(folder.resolve(name).getParent());
      Files.writeString(folder.resolve(name), text);
    }
  }

  private static void read(Repository repository, Path tree, Set<String> texts) {
    try (ObjectInserter inserter = repository.newObjectInserter()) {
      var contents = new ContentIndex(repository, TreeSnapshot.unknown(SnapshotFolder.empty()));
      ObjectId read =
          TreeReader.read(tree, contents, ChangedPaths.ANYWHERE, inserter, Long.MAX_VALUE);
      try (var files = new TreeWalk(repository)) {
        files.addTree(read);
        files.setRecursive(true);
        while (files.next()) {
          byte[] blob = repository.open(files.getObjectId(0), Constants.OBJ_BLOB).getBytes();
          texts.add(new String(blob, UTF_8));
        }
      }
    } catch (IOException | RuntimeException e) {
      texts.add("refused");
    }
  }

  private void flip(Path place, Path target) {
    boolean file = Files.isRegularFile(place);
    while (!stopped.get()) {
      linger();
      try {
        if (file) {
          flipFile(place, target);
        } else {
          flipFolder(place, target);
        }
      } catch (IOException e) {
        throw new AssertionError(e);
      }
    }
  }

  private void flipFolder(Path folder, Path target) throws IOException {
    Path aside = temp.resolve("aside");
    Files.move(folder, aside, StandardCopyOption.ATOMIC_MOVE);
    Files.createSymbolicLink(folder, target);
    linger();
    Files.delete(folder);
    Files.move(aside, folder, StandardCopyOption.ATOMIC_MOVE);
  }

  /** Replaces a file by a link and back, so that the name always exists. */
  private void flipFile(Path file, Path target) throws IOException {
    Path next = temp.resolve("next");
    Files.createSymbolicLink(next, target);
    Files.move(next, file, StandardCopyOption.ATOMIC_MOVE);
    linger();
    Files.writeString(next, HARMLESS);
    Files.move(next, file, StandardCopyOption.ATOMIC_MOVE);
  }

  /** Waits about as long as the reader takes from a check to the next step. */
  private static void linger() {
    long end = System.nanoTime() + ThreadLocalRandom.current().nextLong(60_000);
    while (System.nanoTime() - end < 0) {
      Thread.onSpinWait();
    }
  }
}
