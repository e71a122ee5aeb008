package io.numa.avatar.git;

import static org.assertj.core.api.Assertions.assertThat;

import io.numa.avatar.git.fixture.RandomChange;
import io.numa.avatar.git.fixture.RandomChoices;
import io.numa.avatar.git.fixture.RandomDisturbance;
import io.numa.avatar.git.fixture.RandomSeeds;
import io.numa.avatar.git.fixture.RandomTree;
import io.numa.avatar.git.fixture.TreeListing;
import io.numa.avatar.git.internal.lfs.Lfs;
import io.numa.avatar.git.internal.objects.GitDirectory;
import io.numa.avatar.git.internal.patch.PatchedCheckout;
import io.numa.avatar.git.internal.support.Folders;
import io.numa.avatar.git.internal.worktree.ContentIndex;
import io.numa.avatar.git.internal.worktree.SnapshotFolder;
import io.numa.avatar.git.internal.worktree.TreeReader;
import io.numa.avatar.git.internal.worktree.TreeSwitch;
import io.numa.avatar.git.internal.worktree.WorkingTree;
import io.numa.avatar.git.settings.SparseCone;
import io.numa.avatar.port.repository.ChangedPaths;
import io.numa.avatar.workspace.Workspace;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.eclipse.jgit.lib.NullProgressMonitor;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.ObjectInserter;
import org.eclipse.jgit.lib.ObjectReader;
import org.eclipse.jgit.lib.Repository;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;

/**
 * Random trees, changed at random and staged, and then disturbed as test commands may do. A first
 * restore must give the same staged tree; a second one must change nothing.
 */
class RestoreTreePropertyTest {
  private static final long SEED = 20261129;
  private static final int TRIES = 150;

  private static Path temp;
  private static Repository repository;
  private static int folders;

  @BeforeAll
  static void makeRepository() throws Exception {
    temp = Files.createTempDirectory("restored");
    repository = GitDirectory.create(temp.resolve("store"));
  }

  @AfterAll
  static void removeRepository() throws Exception {
    repository.close();
    Folders.delete(temp);
  }

  @ParameterizedTest
  @RandomSeeds(from = SEED, count = TRIES)
  void bringsBackWhatWasStaged(long seed) throws Exception {
    var choices = new RandomChoices(seed);
    Path folder = temp.resolve("tree" + folders++);
    Path root = folder.resolve("tree");
    ContentIndex contents = checkOut(RandomTree.of(choices), folder);
    new RandomChange(root, choices).happen(folder.resolve("scratch"));
    ObjectId staged = stage(root, contents);
    new RandomDisturbance(root, choices).happen();

    restore(root, contents, staged);

    assertThat(stage(root, contents)).isEqualTo(staged);
    var restored = TreeListing.of(root);
    restore(root, contents, staged);
    assertThat(TreeListing.of(root)).isEqualTo(restored);
  }

  private static ContentIndex checkOut(RandomTree wanted, Path folder) throws IOException {
    ObjectId id = PatchedCheckout.store(wanted, repository);
    WorkingTree tree = WorkingTree.fresh(folder.resolve("tree"));
    try (ObjectReader objects = repository.newObjectReader()) {
      SnapshotFolder root =
          tree.bring(objects, Lfs.off(), SparseCone.ALL, id, NullProgressMonitor.INSTANCE);
      return new ContentIndex(
          repository, tree.settle(root, Files.write(folder.resolve("last"), new byte[1])));
    }
  }

  private static ObjectId stage(Path root, ContentIndex contents) throws IOException {
    try (ObjectInserter inserter = repository.newObjectInserter()) {
      return TreeReader.read(root, contents, ChangedPaths.ANYWHERE, inserter, Long.MAX_VALUE);
    }
  }

  private static void restore(Path root, ContentIndex contents, ObjectId staged)
      throws IOException {
    try (ObjectReader objects = repository.newObjectReader()) {
      Workspace files = Workspace.of(root, root.resolveSibling("switch"));
      new TreeSwitch(files, objects, contents, staged).restore();
    }
  }
}
