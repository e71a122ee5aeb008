package io.numa.avatar.process.sandbox.home;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Trees that a hostile process made. */
class FolderTreeTest {
  @TempDir Path folder;
  private Path tree;
  private Path outside;

  @BeforeEach
  void make() throws IOException {
    tree = Files.createDirectory(folder.resolve("tree"));
    outside = Files.createDirectory(folder.resolve("outside"));
    Files.write(outside.resolve("mine"), new byte[100_000]);
  }

  @Test
  void addsUpFilesAndFollowsNoLinks() throws IOException {
    Files.write(Files.createDirectories(tree.resolve("a/b")).resolve("c"), new byte[50_000]);
    Files.createSymbolicLink(tree.resolve("a/link"), outside);
    Files.createSymbolicLink(tree.resolve("mine"), outside.resolve("mine"));

    assertThat(FolderTree.size(tree, none -> false)).isBetween(50_000L, 60_000L);
  }

  @Test
  void countsFilesWithoutContent() throws IOException {
    for (int i = 0; i < 100; i++) {
      Files.createFile(tree.resolve("f" + i));
    }

    assertThat(FolderTree.size(tree, none -> false)).isGreaterThan(100_000);
  }

  @Test
  void deletesWhatIsDeeperThanAPathCanBe() throws Exception {
    String name = "d".repeat(200);
    shell("for i in {1..60}; do mkdir " + name + " && cd ./" + name + " || exit 1; done; : >f");
    shell("for i in {1..300}; do mkdir e && cd e || exit 1; done; : >f");

    assertThat(FolderTree.size(tree, none -> false)).isEqualTo(FolderTree.UNKNOWN);
    FolderTree.delete(tree);
    assertThat(tree).doesNotExist();
  }

  @Test
  void deletesWhatHasNoRightsAndNothingThatALinkLeadsTo() throws Exception {
    Path inner = Files.createDirectories(tree.resolve("a/b"));
    Files.createFile(inner.resolve("c"));
    Files.createSymbolicLink(tree.resolve("a/link"), outside);
    Files.setPosixFilePermissions(inner, PosixFilePermissions.fromString("---------"));
    Files.setPosixFilePermissions(tree.resolve("a"), PosixFilePermissions.fromString("r-x------"));

    FolderTree.delete(tree);

    assertThat(tree).doesNotExist();
    assertThat(outside.resolve("mine")).exists();
  }

  private void shell(String script) throws Exception {
    Process process =
        new ProcessBuilder("bash", "-c", script).directory(tree.toFile()).inheritIO().start();
    assertThat(process.waitFor(20, TimeUnit.SECONDS)).isTrue();
    assertThat(process.exitValue()).isZero();
  }
}
