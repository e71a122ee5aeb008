package io.numa.avatar.cli.wiring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Folders of sockets go with their process, or with the next one. */
final class SocketsFolderTest {
  @TempDir private Path temp;

  @Test
  void goesWithAllThatIsLeftInIt() throws IOException {
    var folder = SocketsFolder.in(temp);
    bind(folder.path().resolve("a.sock"));

    folder.close();

    assertThat(temp).isEmptyDirectory();
  }

  @Test
  void theNextProcessRemovesThoseOfKilledOnes() throws IOException {
    Path killed = killed("numa-1", "rwx------");

    try (var folder = SocketsFolder.in(temp)) {
      assertThat(temp).isDirectoryNotContaining(killed::equals);
      assertThat(folder.path()).isDirectory();
    }
  }

  @Test
  void leavesThoseOfLivingProcessesAndOfOtherProgramsAlone() throws IOException {
    Path others = Files.createDirectory(temp.resolve("numa-other"));
    Path young = Files.createDirectory(temp.resolve("numa-young"));
    Files.createFile(young.resolve("lock"));
    makeOld(others);
    try (var living = SocketsFolder.in(temp)) {
      makeOld(living.path());

      SocketsFolder.in(temp).close();

      assertThat(living.path()).isDirectory();
    }
    assertThat(others).isDirectory();
    assertThat(young).isDirectory();
  }

  @Test
  void leavesFoldersAloneThatOtherUsersMayChange() throws IOException {
    Path open = killed("numa-open", "rwxrwxrwx");

    SocketsFolder.in(temp).close();

    assertThat(open.resolve("ways/a.sock")).exists();
  }

  @Test
  void keepsTheLockOfItsProcessWhileAnotherFolderIsMade() throws IOException {
    Path locks = Path.of("/proc/locks");
    assumeTrue(Files.isReadable(locks), "this system tells no locks");
    try (var living = SocketsFolder.in(temp)) {
      makeOld(living.path());
      var inode = Files.getAttribute(living.path().resolve("lock"), "unix:ino");
      assertThat(locks).content().contains(":" + inode + " ");

      SocketsFolder.in(temp).close();

      assertThat(locks).content().contains(":" + inode + " ");
    }
  }

  private Path killed(String name, String permissions) throws IOException {
    Path killed = Files.createDirectories(temp.resolve(name).resolve("ways")).getParent();
    Files.createFile(killed.resolve("lock"));
    bind(killed.resolve("ways/a.sock"));
    Files.setPosixFilePermissions(killed, PosixFilePermissions.fromString(permissions));
    makeOld(killed);
    return killed;
  }

  private static void bind(Path socket) throws IOException {
    try (var server = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
      server.bind(UnixDomainSocketAddress.of(socket));
    }
  }

  private static void makeOld(Path folder) throws IOException {
    Files.setLastModifiedTime(folder, FileTime.from(Instant.now().minus(Duration.ofMinutes(2))));
  }
}
