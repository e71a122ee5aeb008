package io.numa.avatar.process.sandbox.watch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisabledOnOs(OS.WINDOWS)
class FolderSizeTest {
  private static final long BLOCK = 4096;
  private static final int MIB = 1 << 20;

  @TempDir Path folder;

  @ParameterizedTest
  @CsvSource({"0, 1", "1, 1", "4096, 1", "4097, 2"})
  void countsWholeBlocks(int size, int blocks) throws IOException {
    Files.write(folder.resolve("file"), new byte[size]);

    assertThat(size()).isEqualTo(new FolderSize(BLOCK + blocks * BLOCK, true));
  }

  @Test
  void countsALargeFileOnceAndFollowsNoLink() throws IOException {
    Path file = Files.write(folder.resolve("large"), new byte[MIB]);
    Files.createLink(folder.resolve("again"), file);
    Files.createSymbolicLink(folder.resolve("link"), file);

    assertThat(size()).isEqualTo(new FolderSize(MIB + 3 * BLOCK, true));
  }

  @Test
  void stopsAboveTheLimit() throws IOException {
    for (int i = 0; i < 10; i++) {
      Files.createFile(folder.resolve("file" + i));
    }

    assertThat(FolderSize.of(folder, 3 * BLOCK).bytes()).isEqualTo(4 * BLOCK);
  }

  @Test
  void saysThatAFolderIsTooDeep() throws IOException {
    Files.createDirectories(folder.resolve("d/".repeat(201)));

    assertThat(size().complete()).isFalse();
  }

  @Test
  void saysThatAFolderCannotBeRead() throws IOException {
    Path shut = Files.createDirectory(folder.resolve("shut"));
    Files.setPosixFilePermissions(shut, PosixFilePermissions.fromString("-wx------"));
    assumeFalse(Files.isReadable(shut), "root reads everything");

    assertThat(size()).isEqualTo(new FolderSize(2 * BLOCK, false));
  }

  @Test
  void takesAMissingFolderForASmallOne() throws IOException {
    assertThat(FolderSize.of(folder.resolve("missing"), MIB))
        .isEqualTo(new FolderSize(BLOCK, true));
  }

  private FolderSize size() throws IOException {
    return FolderSize.of(folder, Long.MAX_VALUE);
  }
}
