package io.numa.avatar.workspace;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.numa.avatar.plan.WorkspacePath;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Another thread replaces a file or folder by a link out of the workspace, and removes the link, as
 * fast as it can, while steps use that path.
 */
@Timeout(60)
class WorkspaceRaceTest {
  private static final String SECRET = "a secret";
  private static final long DURATION = TimeUnit.MILLISECONDS.toNanos(1500);

  /** How many steps at least must succeed, and be refused, before the test ends. */
  private static final int ENOUGH = 10;

  private static final WorkspacePath FILE = new WorkspacePath("dir/file");
  private static final WorkspacePath COPY = new WorkspacePath("copy");

  @TempDir Path temp;
  private Path tree;
  private Path outside;
  private Workspace workspace;
  private int done;
  private int refused;

  @BeforeEach
  void plant() throws IOException {
    tree = temp.resolve("tree");
    outside = temp.resolve("outside");
    Files.createDirectories(tree.resolve("dir/sub"));
    Files.writeString(tree.resolve("dir/file"), "open");
    for (String folder : new String[] {".", "sub", "dir", "dir/sub"}) {
      Files.createDirectories(outside.resolve(folder));
      Files.writeString(outside.resolve(folder).resolve("file"), SECRET);
    }
    Files.createDirectories(temp.resolve("shelf"));
    workspace = Workspace.of(tree, temp.resolve("scratch"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"dir", "dir/file", "."})
  void noStepIsLedOut(String flipped) throws Exception {
    Path place = tree.resolve(flipped).normalize();
    var target = flipped.equals("dir/file") ? outside.resolve("file") : outside;
    Map<String, String> before = look(outside);

    try (var flipper = new Flipper(place, target, temp.resolve("shelf"))) {
      flipper.start();
      long end = System.nanoTime() + DURATION;
      while (System.nanoTime() - end < 0 || done < ENOUGH || refused < ENOUGH) {
        attempt();
      }
    }

    assertThat(look(outside)).isEqualTo(before);
    for (String folder : new String[] {"tree", "shelf", "scratch"}) {
      assertThat(look(temp.resolve(folder)).values()).doesNotContain(SECRET);
    }
  }

  /**
   * Carries out one step, of a different kind each time. Keeps written files, and undoes the rest.
   */
  private void attempt() {
    try (var change = workspace.begin()) {
      Tree now = change.tree();
      WorkspacePath file = now.follow(FILE);
      assertThat(contents(file, now)).isNotEqualTo(SECRET);
      switch ((done + refused) % 7) {
        case 0 -> {
          change.put(file, change.draft("x".getBytes(UTF_8)), false);
          change.keep();
        }
        case 1 -> {
          change.setExecutable(file, true);
          change.keep();
        }
        case 2 -> change.copy(file, COPY);
        case 3 -> change.copy(new WorkspacePath("dir"), COPY);
        case 4 -> change.move(file, COPY);
        case 5 -> change.remove(file);
        default -> change.link(file, "x".getBytes(UTF_8));
      }
      assertThat(contents(COPY, now)).isNotEqualTo(SECRET);
      done++;
    } catch (IOException e) {
      refused++;
    }
  }

  private static String contents(WorkspacePath path, Tree tree) throws IOException {
    boolean file = tree.find(path).filter(Entry::isFile).isPresent();
    return file ? new String(tree.read(path, 100), UTF_8) : "";
  }

  private static Map<String, String> look(Path folder) throws IOException {
    Map<String, String> seen = new TreeMap<>();
    if (!Files.exists(folder)) {
      return seen;
    }
    try (var files = Files.walk(folder)) {
      for (Path file : files.toList()) {
        boolean text = Files.isRegularFile(file) && !Files.isSymbolicLink(file);
        String name =
            folder.relativize(file)
                + (text ? PosixFilePermissions.toString(Files.getPosixFilePermissions(file)) : "");
        seen.put(name, text ? Files.readString(file) : "");
      }
    }
    return seen;
  }

  /** Creates the link and removes it, again and again. */
  private static final class Flipper extends Thread implements AutoCloseable {
    private final Path place;
    private final Path target;
    private final Path shelf;
    private volatile boolean stopped;
    private int flips;

    Flipper(Path place, Path target, Path shelf) {
      super("flipper");
      this.place = place;
      this.target = target;
      this.shelf = shelf;
    }

    @Override
    public void run() {
      while (!stopped) {
        Path aside = shelf.resolve(Integer.toString(flips));
        attempt(() -> Files.move(place, aside, StandardCopyOption.ATOMIC_MOVE));
        attempt(() -> Files.createSymbolicLink(place, target));
        linger();
        attempt(this::removeLink);
        attempt(() -> Files.move(aside, place, StandardCopyOption.ATOMIC_MOVE));
        flips++;
        linger();
      }
    }

    /** Waits about as long as a step takes between its check and its action. */
    private static void linger() {
      long end = System.nanoTime() + ThreadLocalRandom.current().nextLong(60_000);
      while (System.nanoTime() - end < 0) {
        Thread.onSpinWait();
      }
    }

    private void removeLink() throws IOException {
      if (!Files.isSymbolicLink(place)) {
        throw new NotDirectoryException(place.toString());
      }
      Files.delete(place);
    }

    private static void attempt(Move move) {
      try {
        move.perform();
      } catch (IOException e) {
        linger(); // files of the steps are in the way
      }
    }

    @Override
    public void close() throws InterruptedException {
      stopped = true;
      join();
    }

    @FunctionalInterface
    private interface Move {
      void perform() throws IOException;
    }
  }
}
