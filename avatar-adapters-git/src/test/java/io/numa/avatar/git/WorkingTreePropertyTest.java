package io.numa.avatar.git;

import static java.nio.file.LinkOption.NOFOLLOW_LINKS;
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
import io.numa.avatar.git.internal.support.Seal;
import io.numa.avatar.git.internal.worktree.ContentIndex;
import io.numa.avatar.git.internal.worktree.SnapshotFile;
import io.numa.avatar.git.internal.worktree.SnapshotFolder;
import io.numa.avatar.git.internal.worktree.SnapshotListing;
import io.numa.avatar.git.internal.worktree.TreeReader;
import io.numa.avatar.git.internal.worktree.TreeSnapshot;
import io.numa.avatar.git.internal.worktree.WorkingTree;
import io.numa.avatar.git.settings.SparseCone;
import io.numa.avatar.port.repository.ChangedPaths;
import io.numa.avatar.port.repository.FolderListing;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.eclipse.jgit.lib.NullProgressMonitor;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.ObjectInserter;
import org.eclipse.jgit.lib.ObjectReader;
import org.eclipse.jgit.lib.Repository;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;

/**
 * Random trees are written one after the other into one folder, with random disturbances in
 * between. Each must be as in a new folder. A read of it must give the same tree as a read without
 * any notes, except where the steps of a plan have changed it.
 */
class WorkingTreePropertyTest {
  private static final long SEED = 20261128;
  private static final int TRIES = 100;

  private static Path temp;
  private static Repository repository;
  private static int folders;
  private static int known;

  @BeforeAll
  static void makeRepository() throws Exception {
    temp = Files.createTempDirectory("trees");
    repository = GitDirectory.create(temp.resolve("store"));
  }

  @AfterAll
  static void removeRepository() throws Exception {
    assertThat(known).isPositive();
    repository.close();
    Folders.delete(temp);
  }

  @ParameterizedTest
  @RandomSeeds(from = SEED, count = TRIES)
  void isAsNewForEveryTask(long seed) throws Exception {
    var choices = new RandomChoices(seed);
    Path folder = temp.resolve("tree" + folders++);
    WorkingTree tree = WorkingTree.fresh(folder.resolve("tree"));
    RandomTree wanted = RandomTree.of(choices);
    int tasks = 2 + choices.below(4);
    for (int i = 0; i < tasks; i++) {
      ObjectId id = PatchedCheckout.store(wanted, repository);
      TreeSnapshot written = bring(tree, id, folder);
      assertThat(TreeListing.of(tree.directory())).isEqualTo(TreeListing.of(fresh(id)));
      assertThat(read(tree.directory(), written)).isEqualTo(id.name());

      ChangedPaths changed =
          new RandomChange(tree.directory(), choices).happen(folder.resolve("scratch"));
      assertThat(read(tree.directory(), written, changed))
          .isEqualTo(read(tree.directory(), TreeSnapshot.unknown(written.root())));

      assertKnowsFoldersAsTheyAre(tree.directory(), written);
      new RandomDisturbance(tree.directory(), choices).happen();
      assertKnowsFoldersAsTheyAre(tree.directory(), written);
      assertThat(read(tree.directory(), written))
          .isEqualTo(read(tree.directory(), TreeSnapshot.unknown(written.root())));

      wanted = choices.once(4) ? RandomTree.of(choices) : wanted.edited(choices);
      if (choices.once(2)) {
        tree = reopened(written, tree.directory(), folder.resolve("notes"));
      }
      tree.look();
    }
  }

  private static void assertKnowsFoldersAsTheyAre(Path root, TreeSnapshot base) throws IOException {
    var noted = new SnapshotListing(root, base);
    try (var files = Files.walk(root)) {
      for (Path folder : files.filter(file -> Files.isDirectory(file, NOFOLLOW_LINKS)).toList()) {
        var listing = noted.find(folder, name -> true);
        if (listing.isPresent()) {
          known++;
          assertIsAllBeneath(folder, listing.get());
        }
      }
    }
  }

  private static void assertIsAllBeneath(Path folder, FolderListing listing) throws IOException {
    assertThat(listing.folders()).allMatch(path -> Files.isDirectory(path, NOFOLLOW_LINKS));
    List<Path> expected = new ArrayList<>();
    try (var all = Files.walk(folder)) {
      all.filter(path -> !Files.isDirectory(path, NOFOLLOW_LINKS))
          .filter(path -> listing.folders().stream().noneMatch(path::startsWith))
          .forEach(expected::add);
    }
    assertThat(listing.files()).containsExactlyInAnyOrderElementsOf(expected);
  }

  private static TreeSnapshot bring(WorkingTree tree, ObjectId id, Path folder) throws IOException {
    try (ObjectReader objects = repository.newObjectReader()) {
      SnapshotFolder root =
          tree.bring(objects, Lfs.off(), SparseCone.ALL, id, NullProgressMonitor.INSTANCE);
      return tree.settle(root, Files.write(folder.resolve("last"), new byte[1]));
    }
  }

  private static Path fresh(ObjectId id) throws IOException {
    WorkingTree tree = WorkingTree.fresh(temp.resolve("fresh"));
    try (ObjectReader objects = repository.newObjectReader()) {
      tree.bring(objects, Lfs.off(), SparseCone.ALL, id, NullProgressMonitor.INSTANCE);
    }
    return tree.directory();
  }

  /** Opens the tree as after a restart of the avatar. */
  private static WorkingTree reopened(TreeSnapshot written, Path tree, Path notes)
      throws IOException {
    Seal seal = Seal.ofThisProcess();
    SnapshotFile.write(written, "", notes, seal);
    return WorkingTree.used(tree, SnapshotFile.read(notes, "", seal), false);
  }

  private static String read(Path root, TreeSnapshot base) throws IOException {
    return read(root, base, ChangedPaths.ANYWHERE);
  }

  private static String read(Path root, TreeSnapshot base, ChangedPaths changed)
      throws IOException {
    try (ObjectInserter inserter = repository.newObjectInserter()) {
      var contents = new ContentIndex(repository, base);
      return TreeReader.read(root, contents, changed, inserter, Long.MAX_VALUE).name();
    }
  }
}
