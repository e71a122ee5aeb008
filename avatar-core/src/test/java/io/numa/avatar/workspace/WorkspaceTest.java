package io.numa.avatar.workspace;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.numa.avatar.plan.WorkspacePath;
import io.numa.avatar.task.FailureKind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WorkspaceTest {
  @TempDir Path temp;
  private Path tree;
  private Workspace workspace;

  @BeforeEach
  void plant() throws IOException {
    temp = temp.toRealPath();
    tree = Files.createDirectories(temp.resolve("tree"));
    Files.createDirectories(temp.resolve("tree-twin"));
    Files.createDirectories(tree.resolve("dir/sub"));
    Files.createDirectories(tree.resolve(".git/hooks"));
    Files.writeString(tree.resolve("file"), "");
    link("in", "dir/sub");
    link("in.in", "in");
    link("absolute", tree.resolve("dir").toString());
    link("self", ".");
    link("out", "..");
    link("twin", "../tree-twin");
    link("out.in", "out");
    link("out.and.back", "../tree/dir");
    link("elsewhere", temp.resolve("tree-twin").toString());
    link("loop", "loop");
    link("git", ".git/hooks");
    workspace = Workspace.of(tree, temp.resolve("scratch"));
  }

  private void link(String path, String target) throws IOException {
    Files.createSymbolicLink(tree.resolve(path), Path.of(target));
  }

  @ParameterizedTest
  @CsvSource({
    "dir/sub/x,       dir/sub/x",
    "no/such/folder,  no/such/folder",
    "file/x,          file/x",
    "in/x,            dir/sub/x",
    "in.in/x,         dir/sub/x",
    "absolute/sub/x,  dir/sub/x",
    "self/self/x,     x",
    "out,             out",
    "loop,            loop",
  })
  void locatesWhatStaysInside(String path, String place) throws Exception {
    assertThat(follow(path)).isEqualTo(new WorkspacePath(place));
  }

  @ParameterizedTest
  @CsvSource({
    "out/x,         leads out of the workspace through a link",
    "out.in/x,      leads out of the workspace through a link",
    "out/tree/dir,  leads out of the workspace through a link",
    "twin/x,        leads out of the workspace through a link",
    "self/out/x,    leads out of the workspace through a link",
    "elsewhere/x,   leads out of the workspace through a link",
    "out.and.back/x, leads out of the workspace through a link",
    "git/pre-push,  leads out of the workspace through a link",
    "loop/x,        goes through a link that leads nowhere",
  })
  void deniesWhatLeadsOut(String path, String problem) {
    var stopped = catchThrowableOfType(WorkspaceException.class, () -> follow(path));

    assertThat(stopped).hasMessage("the path '" + path + "' " + problem);
    assertThat(stopped.kind()).isEqualTo(FailureKind.DENIED);
  }

  @ParameterizedTest
  @CsvSource({"dir, dir", "in, dir/sub", "in.in, dir/sub", "self, ''"})
  void locatesFoldersThroughLinks(String path, String place) throws Exception {
    assertThat(workspace.folder(new WorkspacePath(path))).isEqualTo(tree.resolve(place));
  }

  @ParameterizedTest
  @CsvSource({
    "no,   CONFLICT, there is no folder 'no'",
    "file, CONFLICT, there is no folder 'file'",
    "out,  DENIED,   the path 'out' leads out of the workspace through a link",
    "git,  DENIED,   the path 'git' leads out of the workspace through a link",
    "loop, DENIED,   the path 'loop' goes through a link that leads nowhere",
  })
  void runsNothingOutsideOfAFolder(String path, FailureKind kind, String message) {
    var stopped =
        catchThrowableOfType(
            WorkspaceException.class, () -> workspace.folder(new WorkspacePath(path)));

    assertThat(stopped).hasMessage(message);
    assertThat(stopped.kind()).isEqualTo(kind);
  }

  @Test
  void mayBeBelowALinkButBeNone() throws Exception {
    Path link = Files.createSymbolicLink(temp.resolve("link"), temp);
    Path alias = Files.createSymbolicLink(temp.resolve("alias"), tree);

    var below = Workspace.of(link.resolve("tree"), temp.resolve("scratch"));
    var itself = Workspace.of(alias, temp.resolve("scratch"));

    assertThat(below.folder(new WorkspacePath("in"))).isEqualTo(link.resolve("tree/dir/sub"));
    assertThatExceptionOfType(WorkspaceException.class)
        .isThrownBy(() -> itself.begin())
        .withMessage("'" + alias + "' is no folder any more");
  }

  private WorkspacePath follow(String path) throws IOException {
    try (var change = workspace.begin()) {
      return change.tree().follow(new WorkspacePath(path));
    }
  }
}
