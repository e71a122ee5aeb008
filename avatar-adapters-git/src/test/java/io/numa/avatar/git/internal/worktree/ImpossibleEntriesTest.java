package io.numa.avatar.git.internal.worktree;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.numa.avatar.git.internal.lfs.Lfs;
import io.numa.avatar.git.internal.objects.GitDirectory;
import io.numa.avatar.git.settings.SparseCone;
import io.numa.avatar.port.PortException;
import io.numa.avatar.task.FailureKind;
import io.numa.avatar.workspace.Workspace;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.FileMode;
import org.eclipse.jgit.lib.NullProgressMonitor;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.ObjectInserter;
import org.eclipse.jgit.lib.ObjectReader;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.lib.TreeFormatter;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Trees with entries that Git can store and no file system can have. A task on such a commit is
 * refused, with the entry's path and the reason, whether it is checked out or merged later.
 */
class ImpossibleEntriesTest {
  private static final String COULD_NOT = "could not write the files of the commit: ";

  @TempDir Path temp;
  private Repository repository;

  @BeforeEach
  void createRepository() throws IOException {
    repository = GitDirectory.create(temp.resolve("store"));
  }

  @AfterEach
  void closeRepository() {
    repository.close();
  }

  private ObjectId blob(String content) throws IOException {
    try (ObjectInserter inserter = repository.newObjectInserter()) {
      ObjectId id = inserter.insert(Constants.OBJ_BLOB, content.getBytes(UTF_8));
      inserter.flush();
      return id;
    }
  }

  /** A tree with one entry; stored without the checks that a commit goes through. */
  private ObjectId tree(String name, FileMode mode, ObjectId id) throws IOException {
    var tree = new TreeFormatter();
    tree.append(name, mode, id);
    return insert(tree);
  }

  private ObjectId insert(TreeFormatter tree) throws IOException {
    try (ObjectInserter inserter = repository.newObjectInserter()) {
      ObjectId id = inserter.insert(Constants.OBJ_TREE, tree.toByteArray());
      inserter.flush();
      return id;
    }
  }

  private SnapshotFolder checkOut(ObjectId tree) throws IOException {
    try (ObjectReader objects = repository.newObjectReader()) {
      return WorkingTree.fresh(temp.resolve("tree"))
          .bring(objects, Lfs.off(), SparseCone.ALL, tree, NullProgressMonitor.INSTANCE);
    }
  }

  private void switchTo(ObjectId tree) throws IOException {
    ObjectId base = tree("a", FileMode.REGULAR_FILE, blob("a"));
    var contents = new ContentIndex(repository, TreeSnapshot.unknown(checkOut(base)));
    var workspace = Workspace.of(temp.resolve("tree"), temp.resolve("scratch"));
    try (ObjectReader objects = repository.newObjectReader()) {
      new TreeSwitch(workspace, objects, contents, base).switchTo(tree);
    }
  }

  private void assertRefused(ObjectId tree, String reason) {
    var checkedOut = catchThrowableOfType(PortException.class, () -> checkOut(tree));
    assertThat(checkedOut.kind()).isEqualTo(FailureKind.DENIED);
    assertThat(checkedOut).hasMessage(COULD_NOT + reason);
    assertThat(temp.resolve("outside")).doesNotExist();
  }

  private void assertRefusedInAMerge(ObjectId tree, String reason) {
    var merged = catchThrowableOfType(PortException.class, () -> switchTo(tree));
    assertThat(merged.kind()).isEqualTo(FailureKind.DENIED);
    assertThat(merged).hasMessage(COULD_NOT + reason);
    assertThat(temp.resolve("tree/a")).hasContent("a");
  }

  @ParameterizedTest
  @CsvSource({
    "'', leads to no name at all",
    "a%b, leads to a name with a NUL character",
    "%, leads to a name with a NUL character"
  })
  void refusesALinkThatLeadsToNoName(String target, String problem) throws Exception {
    ObjectId links = tree("link", FileMode.SYMLINK, blob(target.replace('%', '\0')));
    ObjectId tree = tree("d", FileMode.TREE, links);

    assertRefused(tree, "the link 'd/link' " + problem);
    assertRefusedInAMerge(tree, "the link 'd/link' " + problem);
  }

  @Test
  void refusesALinkToATextLongerThanAnyPath() throws Exception {
    ObjectId tree = tree("link", FileMode.SYMLINK, blob("a".repeat(4096)));

    assertRefused(tree, "the link 'link' leads to a text of more than 4095 bytes");
    assertRefusedInAMerge(tree, "the link 'link' leads to a text of more than 4095 bytes");
  }

  @ParameterizedTest
  @CsvSource({"100644", "120000", "160000", "40000"})
  void refusesANameLongerThanAnyFileSystemTakes(String mode) throws Exception {
    String name = "n".repeat(256);
    FileMode type = FileMode.fromBits(Integer.parseInt(mode, 8));
    ObjectId inside = tree("a", FileMode.REGULAR_FILE, blob("a"));
    ObjectId tree = tree(name, type, type.equals(FileMode.TREE) ? inside : blob("a"));
    String path = type.equals(FileMode.TREE) ? name + "/a" : name;

    assertRefused(tree, "the path '" + name + "' holds a name of more than 255 bytes");
    assertRefusedInAMerge(tree, "the path '" + path + "' holds a name of more than 255 bytes");
  }

  @ParameterizedTest
  @CsvSource({"100644", "120000", "160000", "40000"})
  void refusesAGitDirectory(String mode) throws Exception {
    FileMode type = FileMode.fromBits(Integer.parseInt(mode, 8));
    ObjectId inside = tree("config", FileMode.REGULAR_FILE, blob("a"));
    ObjectId tree = tree(".GIT", type, type.equals(FileMode.TREE) ? inside : blob("a"));

    assertRefused(tree, "it has an entry that no file may be called: '.GIT'");
  }

  @Test
  void refusesFoldersThatAreNestedTooDeeply() throws Exception {
    ObjectId tree = tree("a", FileMode.REGULAR_FILE, blob("a"));
    for (int i = 0; i < 250; i++) {
      tree = tree("d", FileMode.TREE, tree);
    }

    assertRefused(tree, "the path '" + "d/".repeat(250) + "a' has more than 250 names");
  }

  @Test
  void refusesAFileBehindALinkOfTheSameTree() throws Exception {
    Path outside = Files.createDirectory(temp.resolve("elsewhere"));
    var tree = new TreeFormatter();
    tree.append("d", FileMode.SYMLINK, blob(outside.toString()));
    tree.append("d", FileMode.TREE, tree("a", FileMode.REGULAR_FILE, blob("a")));

    assertRefused(insert(tree), "it has two entries of one name: 'd'");
    assertThat(outside).isEmptyDirectory();
  }
}
