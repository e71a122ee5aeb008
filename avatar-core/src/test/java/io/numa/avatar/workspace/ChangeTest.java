package io.numa.avatar.workspace;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.nio.file.LinkOption.NOFOLLOW_LINKS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.numa.avatar.plan.WorkspacePath;
import io.numa.avatar.task.FailureKind;
import java.io.IOException;
import java.nio.channels.ClosedByInterruptException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ChangeTest {
  @TempDir Path temp;
  private Path tree;
  private Path scratch;
  private Workspace workspace;
  private Map<String, String> before;

  @BeforeEach
  void plant() throws IOException {
    tree = Files.createDirectory(temp.resolve("tree"));
    scratch = temp.resolve("not/there/yet");
    Files.createDirectories(tree.resolve("dir/sub/empty"));
    Files.writeString(tree.resolve("file"), "old\n");
    Files.writeString(tree.resolve("dir/sub/deep"), "deep\n");
    Files.writeString(tree.resolve("run.sh"), "#!/bin/sh\n");
    Files.setPosixFilePermissions(
        tree.resolve("run.sh"), PosixFilePermissions.fromString("rwxr-x---"));
    Files.createSymbolicLink(tree.resolve("link"), Path.of("file"));
    Files.createSymbolicLink(tree.resolve("dangling"), Path.of("no/where"));
    workspace = Workspace.of(tree, scratch);
    before = listing();
  }

  private static WorkspacePath path(String path) {
    return new WorkspacePath(path);
  }

  private static byte[] bytes(String text) {
    return text.getBytes(UTF_8);
  }

  private Map<String, String> listing() throws IOException {
    Map<String, String> listing = new TreeMap<>();
    try (var paths = Files.walk(tree)) {
      for (Path path : (Iterable<Path>) paths::iterator) {
        String what =
            Files.isSymbolicLink(path)
                ? "-> " + Files.readSymbolicLink(path)
                : Files.isDirectory(path) ? "folder" : Files.readString(path);
        listing.put(
            tree.relativize(path).toString(),
            PosixFilePermissions.toString(Files.getPosixFilePermissions(path, NOFOLLOW_LINKS))
                + " "
                + what);
      }
    }
    return listing;
  }

  private static void changeAll(Change change) throws IOException {
    change.put(path("file"), change.draft(bytes("new\n")), true);
    change.put(path("made/on/the/way"), change.draft(bytes("x")), false);
    change.move(path("dir"), path("moved/dir"));
    change.put(path("moved/dir/sub/deep"), change.draft(bytes("deeper\n")), false);
    change.copy(path("moved"), path("copied"));
    change.remove(path("moved/dir/sub/empty"));
    change.setExecutable(path("run.sh"), false);
    change.link(path("link"), bytes("elsewhere"));
    change.remove(path("dangling"));
    change.makeFolder(path("dangling/a/b"));
    change.removeEmpty(path("dangling/a/b"));
    change.put(path("dangling"), change.draft(bytes("file\n")), false);
  }

  @Test
  void putsEverythingBackUnlessItIsKept() throws Exception {
    try (Change change = workspace.begin()) {
      changeAll(change);
      assertThat(listing()).isNotEqualTo(before);
    }

    assertThat(listing()).isEqualTo(before);
    assertThat(scratch).isEmptyDirectory();
  }

  @Test
  void lastsOnceItIsKept() throws Exception {
    try (Change change = workspace.begin()) {
      changeAll(change);
      change.keep();
    }

    assertThat(listing().keySet())
        .containsExactly(
            "",
            "copied",
            "copied/dir",
            "copied/dir/sub",
            "copied/dir/sub/deep",
            "copied/dir/sub/empty",
            "dangling",
            "file",
            "link",
            "made",
            "made/on",
            "made/on/the",
            "made/on/the/way",
            "moved",
            "moved/dir",
            "moved/dir/sub",
            "moved/dir/sub/deep",
            "run.sh");
    assertThat(listing())
        .containsEntry("link", "rwxrwxrwx -> elsewhere")
        .containsEntry("copied/dir/sub/deep", before.get("file").replace("old", "deeper"));
    assertThat(Files.isExecutable(tree.resolve("file"))).isTrue();
    assertThat(Files.getPosixFilePermissions(tree.resolve("run.sh")))
        .doesNotContainAnyElementsOf(PosixFilePermissions.fromString("--x--x--x"));
    assertThat(scratch).isEmptyDirectory();
  }

  @Test
  void showsItselfInItsTree() throws Exception {
    try (Change change = workspace.begin()) {
      change.move(path("file"), path("there"));

      assertThat(change.tree().find(path("file"))).isEmpty();
      assertThat(change.tree().read(path("there"), 100)).asString(UTF_8).isEqualTo("old\n");
    }
  }

  @Test
  void takesBackInReverseOrder() throws Exception {
    List<String> undone = new ArrayList<>();

    try (Change change = workspace.begin()) {
      change.onUndo(() -> undone.add("first; file is " + Files.exists(tree.resolve("file"))));
      change.remove(path("file"));
      change.onUndo(() -> undone.add("second; file is " + Files.exists(tree.resolve("file"))));
    }

    assertThat(undone).containsExactly("second; file is false", "first; file is true");
  }

  @Test
  void takesNothingBackOnceItIsKept() throws Exception {
    List<String> undone = new ArrayList<>();

    try (Change change = workspace.begin()) {
      change.onUndo(() -> undone.add("undone"));
      change.keep();
    }

    assertThat(undone).isEmpty();
  }

  @Test
  void sweepsDraftsThatWereNeverPut() throws Exception {
    try (Change change = workspace.begin()) {
      change.draft(bytes("unused"));
      assertThat(scratch).isNotEmptyDirectory();
      change.keep();
    }

    assertThat(scratch).isEmptyDirectory();
    assertThat(listing()).isEqualTo(before);
  }

  @Test
  void leavesAFilesOtherNamesAlone() throws Exception {
    Path twin = Files.createLink(temp.resolve("twin"), tree.resolve("file"));
    Path runTwin = Files.createLink(temp.resolve("run-twin"), tree.resolve("run.sh"));

    try (Change change = workspace.begin()) {
      change.put(path("file"), change.draft(bytes("new\n")), true);
      change.setExecutable(path("run.sh"), false);
      change.keep();
    }

    assertThat(twin).hasContent("old\n");
    assertThat(Files.isExecutable(twin)).isFalse();
    assertThat(Files.isExecutable(runTwin)).isTrue();
  }

  @Test
  void writesNoFileThatIsTooLarge() throws Exception {
    var small = new Workspace(tree, scratch, ProtectedPaths.NONE, 4);

    try (Change change = small.begin()) {
      change.put(path("fits"), change.draft(bytes("1234")), false);
      var failure =
          catchThrowableOfType(WorkspaceException.class, () -> change.draft(bytes("12345")));

      assertThat(failure.kind()).isEqualTo(FailureKind.DENIED);
      assertThat(failure)
          .hasMessage("a file of more than 4 bytes, which guard.max_file_size does not allow");
    }
    assertThat(listing()).isEqualTo(before);
  }

  @Test
  void keepsProtectedPathsFromBeingSourceOrTarget() throws Exception {
    var guarded =
        new Workspace(tree, scratch, new ProtectedPaths(List.of("dir/**")), Long.MAX_VALUE);

    try (Change change = guarded.begin()) {
      Draft content = change.draft(bytes("x"));
      assertDenied(() -> change.put(path("dir/new"), content, false));
      assertDenied(() -> change.move(path("dir/sub/deep"), path("out")));
      assertDenied(() -> change.move(path("file"), path("dir/in")));
      assertDenied(() -> change.remove(path("dir")));
      assertDenied(() -> change.link(path("dir/link"), bytes("x")));
      change.copy(path("dir/sub/deep"), path("copy"));
      change.keep();
    }

    assertThat(tree.resolve("copy")).hasContent("deep\n");
    Files.delete(tree.resolve("copy"));
    assertThat(listing()).isEqualTo(before);
  }

  private static void assertDenied(ThrowingCallable action) {
    assertThatExceptionOfType(WorkspaceException.class)
        .isThrownBy(action)
        .withMessageEndingWith("is protected by guard.protected_paths: dir/**")
        .satisfies(failure -> assertThat(failure.kind()).isEqualTo(FailureKind.DENIED));
  }

  @Test
  void canBeTakenBackByAnInterruptedThread() throws Exception {
    try (Change change = workspace.begin()) {
      changeAll(change);
      Thread.currentThread().interrupt();
      assertThatExceptionOfType(ClosedByInterruptException.class)
          .isThrownBy(() -> change.draft(bytes("never written")));
    }

    assertThat(Thread.interrupted()).isTrue();
    assertThat(listing()).isEqualTo(before);
    assertThat(scratch).isEmptyDirectory();
  }

  @Test
  void putsNoFileInPlaceOfAFolder() throws Exception {
    try (Change change = workspace.begin()) {
      Draft content = change.draft(bytes("x"));

      assertThatExceptionOfType(WorkspaceException.class)
          .isThrownBy(() -> change.put(path("dir"), content, false))
          .withMessage("'dir' is a folder; delete it first");
      assertThatExceptionOfType(WorkspaceException.class)
          .isThrownBy(() -> change.put(path("file/below"), content, false))
          .withMessage("'file' is a file, but has to be a folder");
      assertThatExceptionOfType(WorkspaceException.class)
          .isThrownBy(() -> change.remove(path("missing")))
          .withMessage("'missing' does not exist");
    }
    assertThat(listing()).isEqualTo(before);
  }

  @Test
  void goesThroughNoLink() throws Exception {
    Path outside = Files.createDirectory(temp.resolve("outside"));
    Files.createSymbolicLink(tree.resolve("out"), outside);

    try (Change change = workspace.begin()) {
      Draft content = change.draft(bytes("x"));

      assertThatExceptionOfType(WorkspaceException.class)
          .isThrownBy(() -> change.put(path("out/file"), content, false))
          .satisfies(failure -> assertThat(failure.kind()).isEqualTo(FailureKind.DENIED));
    }
    assertThat(outside).isEmptyDirectory();
  }
}
