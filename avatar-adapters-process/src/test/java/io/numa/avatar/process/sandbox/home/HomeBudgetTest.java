package io.numa.avatar.process.sandbox.home;

import static org.assertj.core.api.Assertions.assertThat;

import io.numa.avatar.metric.Metric;
import io.numa.avatar.metric.RecordedMetrics;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HomeBudgetTest {
  private static final int SIZE = 100_000;

  @TempDir Path parent;
  private final RecordedMetrics metrics = new RecordedMetrics();

  @Test
  void removesThoseUsedLeastRecently() throws IOException {
    var budget = budget(2 * SIZE + SIZE / 2);
    Path oldest = folder('a', 1);
    Path older = folder('b', 2);
    Path newer = folder('c', 3);
    budget.use(oldest);
    budget.release(oldest);

    budget.enforce();

    assertThat(older).doesNotExist();
    assertThat(oldest).exists();
    assertThat(newer).exists();
    assertThat(left()).isEqualTo(2);
  }

  @Test
  void keepsThoseInUseUntilTheyAreReleasedAsOftenAsUsed() throws IOException {
    var budget = budget(SIZE / 2);
    Path used = folder('a', 1);
    Path aside = Files.move(folder('a', 1), RepositoryFolders.aside(used));
    Files.createDirectories(used);
    budget.use(used);
    budget.use(used);
    budget.release(used);
    budget.enforce();
    assertThat(used).exists();
    assertThat(aside).exists();

    Files.write(used.resolve("more"), new byte[SIZE]);
    budget.release(used);
    budget.enforce();

    assertThat(left()).isZero();
  }

  @Test
  void removesWhatCannotBeMeasuredThoughThereIsRoom() throws IOException {
    var budget = budget(Long.MAX_VALUE);
    Path hostile = folder('a', 3);
    Files.createDirectories(hostile.resolve("x/".repeat(300)));
    Path other = folder('b', 1);

    budget.enforce();

    assertThat(hostile).doesNotExist();
    assertThat(other).exists();
  }

  @Test
  void tellsHowMuchSpaceIsTakenAndWasFreed() throws IOException {
    folder('a', 1);
    folder('b', 2);

    budget(SIZE + SIZE / 2).enforce();

    assertThat(metrics.value(Metric.DISK_USED, List.of("sandbox_homes")))
        .isBetween(SIZE * 1.0, SIZE * 1.5);
    assertThat(metrics.value(Metric.RECLAIMED_BYTES, List.of())).isGreaterThanOrEqualTo(SIZE);
  }

  /** The kernel keeps a folder there that an avatar's user may not read. */
  @Test
  void doesNotMeasureWhereTheKernelWorksOnLayers() throws IOException {
    var budget = budget(Long.MAX_VALUE);
    Path layered = folder('a', 3);
    Files.createDirectories(layered.resolve("layers/0123abcd-2/work").resolve("x/".repeat(300)));

    budget.enforce();

    assertThat(layered).exists();
  }

  @Test
  void leavesWhatIsNoRepositorys() throws IOException {
    var budget = budget(1);
    Path workshop = Files.createDirectory(parent.resolve("new"));
    budget.use(folder('a', 1));

    budget.enforce();

    assertThat(workshop).exists();
    assertThat(parent.resolve("locks")).exists();
  }

  @Test
  void keepsThoseThatAnotherAvatarUses() throws Exception {
    Path used = folder('a', 1);
    Path locks = Files.createDirectory(parent.resolve("locks"));
    Path lock = Files.createFile(locks.resolve(used.getFileName()));
    var java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
    Path program = Files.writeString(parent.resolve("Hold.java"), HOLD);
    Process other =
        new ProcessBuilder(java, "-XX:TieredStopAtLevel=1", program.toString(), lock.toString())
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    try {
      assertThat(other.getInputStream().read()).isEqualTo('x');
      budget(1).enforce();
      assertThat(used).exists();
    } finally {
      other.destroyForcibly().waitFor();
    }
    budget(1).enforce();
    assertThat(used).doesNotExist();
  }

  private static final String HOLD =
      """
      import java.nio.channels.FileChannel;
      import java.nio.file.*;
      class Hold {
        public static void main(String[] words) throws Exception {
          var channel =
              FileChannel.open(
                  Path.of(words[0]), StandardOpenOption.READ, StandardOpenOption.WRITE);
          channel.lock(0, Long.MAX_VALUE, true);
          System.out.print("x");
          System.out.flush();
          System.in.read();
        }
      }
      """;

  private HomeBudget budget(long most) {
    return new HomeBudget(new RepositoryFolders(parent), most, metrics);
  }

  private Path folder(char name, int used) throws IOException {
    Path folder = parent.resolve(String.valueOf(name).repeat(32));
    Files.createDirectories(folder.resolve("home"));
    Files.write(folder.resolve("home/file"), new byte[SIZE]);
    Files.setLastModifiedTime(folder, FileTime.from(Instant.ofEpochSecond(used)));
    return folder;
  }

  private long left() throws IOException {
    try (Stream<Path> files = Files.list(parent)) {
      return files.filter(file -> file.getFileName().toString().length() >= 32).count();
    }
  }
}
