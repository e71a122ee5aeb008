package io.numa.avatar.workspace;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Folders for their owner only. */
class PrivateFoldersTest {
  @TempDir Path folder;

  @Test
  void areOpenedToNoOtherUser() throws IOException {
    Path made = folder.resolve("a/b/c");

    assertThat(PrivateFolders.make(made)).isEqualTo(made);

    for (Path path = made; !path.equals(folder); path = path.getParent()) {
      assertThat(permissions(path)).isEqualTo("rwx------");
    }
  }

  @Test
  void leaveWhatWasThereAsItWas() throws IOException {
    Path there = Files.createDirectory(folder.resolve("there"));
    Files.setPosixFilePermissions(there, PosixFilePermissions.fromString("rwxr-x--x"));

    PrivateFolders.make(there);
    PrivateFolders.make(there.resolve("new"));

    assertThat(permissions(there)).isEqualTo("rwxr-x--x");
    assertThat(permissions(there.resolve("new"))).isEqualTo("rwx------");
  }

  private static String permissions(Path path) throws IOException {
    return PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
  }
}
