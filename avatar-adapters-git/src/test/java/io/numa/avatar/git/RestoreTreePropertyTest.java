package io.numa.avatar.git;

import static org.assertj.core.api.Assertions.assertThat;

import io.numa.avatar.port.Touched;
import io.numa.avatar.workspace.Workspace;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.ShrinkingMode;
import net.jqwik.api.lifecycle.AfterContainer;
import net.jqwik.api.lifecycle.BeforeContainer;
import org.eclipse.jgit.lib.NullProgressMonitor;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.ObjectInserter;
import org.eclipse.jgit.lib.ObjectReader;
import org.eclipse.jgit.lib.Repository;

/**
 * Random trees, changed at random and staged, and then disturbed as tests may do: restored, they
 * are staged as the same tree, and restored again, they are left alone.
 */
class RestoreTreePropertyTest {
  private static final String SEED = "20261129";
  private static final int TRIES = 150;

  private static Path temp;
  private static Repository repository;
  private static int folders;

  @BeforeContainer
  static void makeRepository() throws Exception {
    temp = Files.createTempDirectory("restored");
    repository = GitFolder.create(temp.resolve("store"));
  }

  @AfterContainer
  static void removeRepository() throws Exception {
    repository.close();
    Folders.delete(temp);
  }

  @Property(
      seed = SEED,
      tries = TRIES,
      edgeCases = EdgeCasesMode.NONE,
      shrinking = ShrinkingMode.OFF)
  void bringsBackWhatWasStaged(@ForAll long seed) throws Exception {
    var choices = new Choices(seed);
    Path folder = temp.resolve("tree" + folders++);
    Path root = folder.resolve("tree");
    Contents contents = checkOut(RandomTree.of(choices), folder);
    new RandomChange(root, choices).happen(folder.resolve("scratch"));
    ObjectId staged = stage(root, contents);
    new Disturbance(root, choices).happen();

    restore(root, contents, staged);

    assertThat(stage(root, contents)).isEqualTo(staged);
    var restored = Listing.of(root);
    restore(root, contents, staged);
    assertThat(Listing.of(root)).isEqualTo(restored);
  }

  private static Contents checkOut(RandomTree wanted, Path folder) throws IOException {
    ObjectId id = PatchedCheckout.store(wanted, repository);
    WorkingTree tree = WorkingTree.fresh(folder.resolve("tree"));
    try (ObjectReader objects = repository.newObjectReader()) {
      BaseFolder root =
          tree.bring(objects, Lfs.off(), SparseCone.ALL, id, NullProgressMonitor.INSTANCE);
      return new Contents(
          repository, tree.settle(root, Files.write(folder.resolve("last"), new byte[1])));
    }
  }

  private static ObjectId stage(Path root, Contents contents) throws IOException {
    try (ObjectInserter inserter = repository.newObjectInserter()) {
      return TreeReader.read(root, contents, Touched.ANYWHERE, inserter, Long.MAX_VALUE);
    }
  }

  private static void restore(Path root, Contents contents, ObjectId staged) throws IOException {
    try (ObjectReader objects = repository.newObjectReader()) {
      Workspace files = Workspace.of(root, root.resolveSibling("switch"));
      new TreeSwitch(files, objects, contents, staged).restore();
    }
  }
}
