package io.numa.avatar.git;

import io.numa.avatar.git.internal.lfs.Lfs;
import io.numa.avatar.git.internal.objects.DisposableGit;
import io.numa.avatar.git.internal.objects.SparsePackRepository;
import io.numa.avatar.git.internal.remote.Remote;
import io.numa.avatar.git.internal.submodule.Submodules;
import io.numa.avatar.git.internal.support.TreeRoom;
import io.numa.avatar.git.internal.worktree.SnapshotFolder;
import io.numa.avatar.git.internal.worktree.TreeObjects;
import io.numa.avatar.git.internal.worktree.WorkingTree;
import io.numa.avatar.git.settings.GitSettings;
import io.numa.avatar.git.settings.SparseCone;
import io.numa.avatar.port.repository.CheckoutRequest;
import java.io.IOException;
import java.nio.file.Path;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.ObjectReader;
import org.eclipse.jgit.lib.ProgressMonitor;

/**
 * Writes a commit into working trees: its files, its submodules, and a disposable {@code .git}.
 *
 * @param git the Git directory of the working copy
 */
record CommitWriter(
    SparsePackRepository repository,
    Path git,
    CheckoutRequest request,
    Remote remote,
    Remote.Fetched fetched) {

  /** The files that were written, and the last of them. */
  record Written(SnapshotFolder files, Path last) {}

  /**
   * Writes nothing if the files would not fit into the operator's limit.
   *
   * @param forCommands laid out for the tree
   */
  Written write(WorkingTree target, DisposableGit forCommands, Lfs lfs, ProgressMonitor monitor)
      throws IOException {
    GitSettings settings = remote.settings();
    SparseCone cone = settings.features().sparse();
    try (ObjectReader objects = repository.newObjectReader()) {
      ObjectId base = TreeObjects.treeOf(objects, fetched.commit());
      var room = new TreeRoom(settings.largestTree());
      target.limit(objects, cone, base, room);
      SnapshotFolder files = target.bring(objects, lfs, cone, base, monitor);
      new Submodules(settings, git.resolve("modules"), monitor, lfs::note, room)
          .write(request.repository(), repository, base, target.directory(), cone);
      Path last =
          forCommands.moveInto(
              target.directory(), fetched.commit(), fetched.tags(), files, objects);
      return new Written(files, last);
    }
  }
}
