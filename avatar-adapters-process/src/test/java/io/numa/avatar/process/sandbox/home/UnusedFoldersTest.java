package io.numa.avatar.process.sandbox.home;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class UnusedFoldersTest {
  private static final Instant NOW = Instant.parse("2026-05-01T00:00:00Z");

  @TempDir Path folder;
  private RepositoryFolders folders;

  @BeforeEach
  void prepare() {
    folders = new RepositoryFolders(folder);
  }

  @Test
  void areRemovedAfterAMonthWithAllTheyHold() throws IOException {
    Path old = folder('a', "2026-03-30T00:00:00Z");
    Path recent = folder('b', "2026-04-10T00:00:00Z");
    Path used = folder('c', "2026-03-30T00:00:00Z");

    unused().use(used);
    unused().remove();

    assertThat(old).doesNotExist();
    assertThat(recent.resolve("home/file")).exists();
    assertThat(used.resolve("home/file")).exists();
  }

  @Test
  void takeNothingWithThemThatALinkLeadsTo() throws IOException {
    Path outside = Files.createDirectory(folder.resolve("outside"));
    Files.writeString(outside.resolve("mine"), "mine");
    Files.setLastModifiedTime(outside, FileTime.from(NOW));
    Path old = folder('a', "2026-03-30T00:00:00Z");
    Files.createSymbolicLink(old.resolve("link"), outside);
    Files.setLastModifiedTime(old, FileTime.from(Instant.parse("2026-03-30T00:00:00Z")));

    unused().remove();

    assertThat(old).doesNotExist();
    assertThat(outside.resolve("mine")).hasContent("mine");
  }

  @Test
  void stayWhileASandboxHasThem() throws IOException {
    Path used = folder('a', "2026-03-30T00:00:00Z");
    folders.use(used);

    unused().remove();
    assertThat(used).exists();

    folders.release(used);
    unused().remove();
    assertThat(used).doesNotExist();
  }

  /** A lock whose file is made anew while it is held is held twice. */
  @Test
  void areThoseOfRepositoriesOnly() throws IOException {
    Path locks = Files.createDirectory(folder.resolve("locks"));
    Files.setLastModifiedTime(locks, FileTime.from(Instant.parse("2026-03-30T00:00:00Z")));

    unused().remove();

    assertThat(locks).exists();
  }

  private UnusedFolders unused() {
    return new UnusedFolders(folders, Clock.fixed(NOW, ZoneOffset.UTC));
  }

  private Path folder(char name, String used) throws IOException {
    Path made = folder.resolve(String.valueOf(name).repeat(32));
    Path home = Files.createDirectories(made.resolve("home"));
    Files.writeString(home.resolve("file"), "x");
    Files.setPosixFilePermissions(home, PosixFilePermissions.fromString("r-x------"));
    Files.setLastModifiedTime(made, FileTime.from(Instant.parse(used)));
    return made;
  }
}
