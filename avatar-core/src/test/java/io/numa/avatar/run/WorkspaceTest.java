package io.numa.avatar.run;

import static org.assertj.core.api.Assertions.assertThat;
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
    workspace = new Workspace(tree);
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
    "out.and.back/x,  dir/x",
    "out,             out",
    "loop,            loop",
  })
  void locatesWhatStaysInside(String path, String place) throws Exception {
    assertThat(workspace.locate(new WorkspacePath(path))).isEqualTo(tree.resolve(place));
  }

  @ParameterizedTest
  @CsvSource({
    "out/x,         leads out of the workspace through a link",
    "out.in/x,      leads out of the workspace through a link",
    "out/tree/dir,  leads out of the workspace through a link",
    "twin/x,        leads out of the workspace through a link",
    "self/out/x,    leads out of the workspace through a link",
    "elsewhere/x,   leads out of the workspace through a link",
    "git/pre-push,  leads out of the workspace through a link",
    "loop/x,        goes through a link that leads nowhere",
  })
  void deniesWhatLeadsOut(String path, String problem) {
    var stopped =
        catchThrowableOfType(
            StoppedException.class, () -> workspace.locate(new WorkspacePath(path)));

    assertThat(stopped).hasMessage("the path '" + path + "' " + problem);
    assertThat(stopped.kind()).isEqualTo(FailureKind.DENIED);
  }

  @ParameterizedTest
  @CsvSource({"dir, dir", "in, dir/sub", "in.in, dir/sub", "self, ''"})
  void locatesFoldersThroughLinks(String path, String place) throws Exception {
    assertThat(workspace.locateFolder(new WorkspacePath(path))).isEqualTo(tree.resolve(place));
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
            StoppedException.class, () -> workspace.locateFolder(new WorkspacePath(path)));

    assertThat(stopped).hasMessage(message);
    assertThat(stopped.kind()).isEqualTo(kind);
  }

  @Test
  void mayItselfBeReachedThroughALink() throws Exception {
    Path link = Files.createSymbolicLink(temp.resolve("link"), tree);

    var linked = new Workspace(link);

    assertThat(linked.root()).isEqualTo(tree);
    assertThat(linked.locate(new WorkspacePath("in/x"))).isEqualTo(tree.resolve("dir/sub/x"));
  }
}
