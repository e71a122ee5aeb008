package io.numa.avatar.process.sandbox.home;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class GuardedFolderTest {
  @TempDir Path folder;
  private Path home;
  private Path outside;
  private Path workshop;

  @BeforeEach
  void makeFolders() throws IOException {
    home = Files.createDirectory(folder.resolve("home"));
    outside = Files.createDirectory(folder.resolve("outside"));
    workshop = Files.createDirectory(folder.resolve("workshop"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"file", "one/file", "one/two/file"})
  void writesFilesAndTheFoldersAboveThem(String path) throws IOException {
    write(path, "new");

    assertThat(home.resolve(path)).hasContent("new");
    assertThat(workshop).isEmptyDirectory();
  }

  @Test
  void writesInPlaceOfAFile() throws IOException {
    write("one/file", "old");
    write("one/file", "new");

    assertThat(home.resolve("one/file")).hasContent("new");
  }

  @Test
  void followsNoLinkAboveAFile() throws IOException {
    Files.createSymbolicLink(home.resolve("one"), outside);

    write("one/file", "new");

    assertThat(outside).isEmptyDirectory();
    assertThat(home.resolve("one/file")).hasContent("new");
  }

  @Test
  void followsNoLinkInPlaceOfAFile() throws IOException {
    Path target = Files.writeString(outside.resolve("target"), "mine");
    Files.createSymbolicLink(home.resolve("file"), target);

    write("file", "new");

    assertThat(target).hasContent("mine");
    assertThat(home.resolve("file")).isRegularFile().hasContent("new");
  }

  @Test
  void makesLinksWhereNothingOrALinkIs() throws IOException {
    Files.writeString(home.resolve("there"), "mine");
    try (var guarded = new GuardedFolder(home, workshop)) {
      for (String path : List.of("there", "one/link")) {
        guarded.link(Path.of(path), workshop);
        guarded.link(Path.of(path), outside);
      }
    }

    assertThat(home.resolve("there")).hasContent("mine");
    assertThat(Files.readSymbolicLink(home.resolve("one/link"))).isEqualTo(outside);
  }

  private void write(String path, String content) throws IOException {
    try (var guarded = new GuardedFolder(home, workshop)) {
      guarded.write(Path.of(path), content);
    }
  }
}
