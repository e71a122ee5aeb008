package io.numa.avatar.testkit.contract;

import static io.numa.avatar.testkit.Staging.stageAll;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.numa.avatar.plan.WorkspacePath;
import io.numa.avatar.port.repository.ChangedFile;
import io.numa.avatar.port.repository.ChangedFile.Kind;
import io.numa.avatar.port.repository.StagedChange;
import io.numa.avatar.port.repository.WorkingCopy;
import io.numa.avatar.testkit.fixture.SeededRepository;
import java.io.ByteArrayOutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** The tests of how a staged change must report its content. */
public interface ChangeReadingContract extends RepositoryFixture {
  @Test
  default void tellsWhichFilesAreChanged() throws Exception {
    remote();

    try (WorkingCopy copy = checkOut(WORK)) {
      write(copy, "new/file.txt", "four");
      write(copy, "README.md", "1\n");
      Files.delete(copy.directory().resolve("src/App.java"));

      assertThat(stageAll(copy).changes())
          .containsExactly(
              new ChangedFile(new WorkspacePath("README.md"), 2, Kind.CHANGED),
              new ChangedFile(new WorkspacePath("new/file.txt"), 4, Kind.ADDED),
              new ChangedFile(new WorkspacePath("src/App.java"), 0, Kind.DELETED));
    }
  }

  @Test
  default void readsWhatAChangeAdds() throws Exception {
    SeededRepository remote = remote();
    remote.seed(
        WORK.value(),
        Map.of("a.txt", "one\ntwo\nthree\nfour", "gone.txt", "gone\n", "moved.txt", "moved\n"));

    try (WorkingCopy copy = checkOut(WORK)) {
      write(copy, "a.txt", "zero\none\nthree\nfour\nfive\nsix");
      write(copy, "new/b.txt", "first\nsecond");
      write(copy, "to.txt", "moved\n");
      Files.delete(copy.directory().resolve("gone.txt"));
      Files.delete(copy.directory().resolve("moved.txt"));
      Files.createSymbolicLink(copy.directory().resolve("z.link"), Path.of("where/to"));

      assertThat(added(stageAll(copy)))
          .isEqualTo(
              Map.of(
                  "a.txt", "zero\nfour\nfive\nsix\n",
                  "new/b.txt", "new/b.txt\nfirst\nsecond",
                  "to.txt", "to.txt\n",
                  "z.link", "z.link\nwhere/to"));
    }
  }

  /** A binary file has no lines, so a diff cannot separate old content from new. */
  @Test
  default void readsAllOfABinaryFileThatChanged() throws Exception {
    SeededRepository remote = remote();
    remote.seed(WORK.value(), Map.of("bin", "old\0\nsame\n"));

    try (WorkingCopy copy = checkOut(WORK)) {
      write(copy, "bin", "new\0\nsame\n");

      assertThat(added(stageAll(copy))).isEqualTo(Map.of("bin", "new\0\nsame\n"));
    }
  }

  @Test
  default void readsNothingOfAChangeThatTakesAwayOnly() throws Exception {
    remote();

    try (WorkingCopy copy = checkOut(WORK)) {
      write(copy, "README.md", "one\nthree\n");
      Path file = copy.directory().resolve("src/App.java");
      Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
      StagedChange change = stageAll(copy);
      write(copy, "README.md", "not staged\n");

      assertThat(String.join("", added(change).values())).isEmpty();
    }
  }

  private Map<String, String> added(StagedChange change) {
    Map<String, ByteArrayOutputStream> files = new TreeMap<>();
    change.added(
        path -> files.computeIfAbsent(path.toString(), name -> new ByteArrayOutputStream())::write);
    Map<String, String> texts = new TreeMap<>();
    files.forEach((path, bytes) -> texts.put(path, bytes.toString(UTF_8)));
    return texts;
  }
}
