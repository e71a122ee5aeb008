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
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class UnusedFoldersTest {
  private static final Instant NOW = Instant.parse("2026-05-01T00:00:00Z");

  @TempDir Path folder;

  @Test
  void areRemovedAfterAMonthWithAllTheyHold() throws IOException {
    Path old = folder("old", "2026-03-30T00:00:00Z");
    Path recent = folder("recent", "2026-04-10T00:00:00Z");
    Path used = folder("used", "2026-03-30T00:00:00Z");

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
    Path old = folder("old", "2026-03-30T00:00:00Z");
    Files.createSymbolicLink(old.resolve("link"), outside);
    Files.setLastModifiedTime(old, FileTime.from(Instant.parse("2026-03-30T00:00:00Z")));

    unused().remove();

    assertThat(old).doesNotExist();
    assertThat(outside.resolve("mine")).hasContent("mine");
  }

  private UnusedFolders unused() {
    return new UnusedFolders(folder, Clock.fixed(NOW, ZoneOffset.UTC));
  }

  private Path folder(String name, String used) throws IOException {
    Path made = folder.resolve(name);
    Path home = Files.createDirectories(made.resolve("home"));
    Files.writeString(home.resolve("file"), "x");
    Files.setPosixFilePermissions(home, PosixFilePermissions.fromString("r-x------"));
    Files.setLastModifiedTime(made, FileTime.from(Instant.parse(used)));
    return made;
  }
}
