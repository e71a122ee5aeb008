package io.numa.avatar.testkit.contract;

import static org.assertj.core.api.Assertions.assertThat;

import io.numa.avatar.port.repository.WorkingCopy;
import io.numa.avatar.testkit.fixture.SeededRepository;
import io.numa.avatar.testkit.fixture.TreeFile;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The tests of how the change of a working copy is read that was never closed. */
public interface LeftChangeContract extends RepositoryFixture {
  @Test
  default void readsTheChangeOfAWorkingCopyThatWasNeverClosed() throws Exception {
    SeededRepository remote = remote();
    remote.commit(
        "main", "more", Map.of(".gitignore", TreeFile.of("*.log\n"), "a.sh", TreeFile.of("a\n")));
    Path home = newHome();
    WorkingCopy copy = checkOut(home, WORK);
    write(copy, "README.md", "one\n2\nthree\n");
    write(copy, "new/file.bin", "\0\1\2");
    write(copy, "build.log", "ignored\n");
    Files.delete(copy.directory().resolve("src/App.java"));
    Files.delete(copy.directory().resolve("src"));

    byte[] left = left(home, Long.MAX_VALUE);

    assertThat(left).isNotEmpty().isEqualTo(diff(copy));
    copy.close();
  }

  @Test
  default void readsNoChangeWhereThereIsNone() throws Exception {
    remote();
    Path home = newHome();
    WorkingCopy copy = checkOut(home, WORK);

    assertThat(left(home, Long.MAX_VALUE)).isEmpty();
    assertThat(left(newHome(), Long.MAX_VALUE)).isEmpty();
    copy.close();
    repository().discard(home);
    assertThat(left(home, Long.MAX_VALUE)).isEmpty();
  }

  private byte[] left(Path home, long largestFile) throws IOException {
    var out = new ByteArrayOutputStream();
    repository().writeLeftChange(home, largestFile, out);
    return out.toByteArray();
  }
}
