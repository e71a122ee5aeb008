package io.numa.avatar.git.internal.patch;

import static org.assertj.core.api.Assertions.assertThat;

import io.numa.avatar.git.fixture.RandomTree;
import io.numa.avatar.git.internal.lfs.Lfs;
import io.numa.avatar.git.internal.support.BlobIds;
import io.numa.avatar.git.internal.support.Folders;
import io.numa.avatar.git.internal.support.GitFailures;
import io.numa.avatar.git.internal.support.TreeRoom;
import io.numa.avatar.git.internal.worktree.ContentIndex;
import io.numa.avatar.git.internal.worktree.SnapshotFolder;
import io.numa.avatar.git.internal.worktree.TreeReader;
import io.numa.avatar.git.internal.worktree.TreeSnapshot;
import io.numa.avatar.git.internal.worktree.TreeWriter;
import io.numa.avatar.git.settings.SparseCone;
import io.numa.avatar.plan.PatchText;
import io.numa.avatar.port.PortException;
import io.numa.avatar.port.repository.ChangedPaths;
import io.numa.avatar.run.secret.Redactor;
import io.numa.avatar.task.FailureKind;
import io.numa.avatar.workspace.Change;
import io.numa.avatar.workspace.Workspace;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.eclipse.jgit.lib.NullProgressMonitor;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.ObjectInserter;
import org.eclipse.jgit.lib.ObjectReader;
import org.eclipse.jgit.lib.Repository;

/** A checked-out tree, which is patched and staged like a working copy. */
public final class PatchedCheckout implements AutoCloseable {
  private final Path home;
  private final Repository repository;
  private final ObjectId base;
  private final ContentIndex contents;
  private final Workspace workspace;

  PatchedCheckout(Path home, Repository repository, ObjectId base) throws IOException {
    this.home = Files.createDirectories(home);
    this.repository = repository;
    this.base = base;
    Path tree = Files.createDirectory(home.resolve("tree"));
    try (ObjectReader objects = repository.newObjectReader()) {
      SnapshotFolder written = SnapshotFolder.empty();
      new TreeWriter(objects, Lfs.off(), SparseCone.ALL, false, NullProgressMonitor.INSTANCE)
          .write(written, base, tree, TreeRoom.unlimited());
      contents = new ContentIndex(repository, TreeSnapshot.unknown(written));
    }
    workspace = Workspace.of(tree, home.resolve("scratch"));
  }

  public static ObjectId store(RandomTree tree, Repository repository) throws IOException {
    try (ObjectInserter inserter = repository.newObjectInserter()) {
      ObjectId id = tree.write(inserter).writeTree(inserter);
      inserter.flush();
      return id;
    }
  }

  void apply(byte[] diff) throws IOException {
    try (Change change = workspace.begin()) {
      try {
        new PatchApplication(change, contents, Redactor.of(List.of()))
            .apply(new PatchText(diff, 1));
        change.keep();
      } catch (IOException | RuntimeException e) {
        throw GitFailures.translate("apply the patch", e);
      }
    }
  }

  /**
   * Applies a diff, and returns the tree. If the diff is refused, checks that nothing has changed.
   */
  Optional<ObjectId> attempt(byte[] diff) throws IOException {
    Map<String, String> before = listing();
    try {
      apply(diff);
      return Optional.of(staged());
    } catch (PortException e) {
      assertThat(e.kind())
          .as(() -> String.valueOf(e))
          .isIn(FailureKind.INVALID_PLAN, FailureKind.CONFLICT, FailureKind.DENIED);
      assertThat(listing()).isEqualTo(before);
      assertThat(staged()).isEqualTo(base);
      return Optional.empty();
    }
  }

  ObjectId staged() throws IOException {
    try (ObjectInserter inserter = repository.newObjectInserter()) {
      return TreeReader.read(
          workspace.root(), contents, ChangedPaths.ANYWHERE, inserter, Long.MAX_VALUE);
    }
  }

  private Map<String, String> listing() throws IOException {
    Map<String, String> listing = new TreeMap<>();
    list(workspace.root(), listing);
    assertThat(home.resolve("scratch"))
        .satisfiesAnyOf(
            scratch -> assertThat(scratch).doesNotExist(),
            scratch -> assertThat(scratch).isEmptyDirectory());
    return listing;
  }

  private static void list(Path folder, Map<String, String> listing) throws IOException {
    for (Path child : Folders.children(folder)) {
      var attributes = Folders.attributes(child);
      String what =
          attributes.isSymbolicLink()
              ? Files.readSymbolicLink(child).toString()
              : attributes.isDirectory() ? "folder" : BlobIds.of(Files.readAllBytes(child)).name();
      listing.put(child.toString(), attributes.permissions() + " " + what);
      if (attributes.isDirectory()) {
        list(child, listing);
      }
    }
  }

  @Override
  public void close() throws IOException {
    Folders.delete(home);
  }
}
