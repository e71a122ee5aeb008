package io.numa.avatar.git;

import io.numa.avatar.git.internal.objects.GitDirectory;
import io.numa.avatar.git.internal.remote.Remote;
import io.numa.avatar.git.internal.support.GitCalls;
import io.numa.avatar.git.internal.worktree.ContentIndex;
import io.numa.avatar.git.internal.worktree.SnapshotListing;
import io.numa.avatar.port.repository.BaseCommit;
import io.numa.avatar.port.repository.FolderListing;
import io.numa.avatar.task.CommitId;
import io.numa.avatar.task.TreeId;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import org.eclipse.jgit.lib.ObjectId;

/** A fetched commit, and the notes about its files in the working tree. */
final class JGitBaseCommit implements BaseCommit {
  private final CopyContext context;
  private final Remote.Fetched fetched;
  private final ContentIndex contents;

  JGitBaseCommit(CopyContext context, Remote.Fetched fetched, ContentIndex contents) {
    this.context = context;
    this.fetched = fetched;
    this.contents = contents;
  }

  @Override
  public CommitId id() {
    return new CommitId(fetched.commit().name());
  }

  @Override
  public TreeId tree() {
    return new TreeId(files().name());
  }

  @Override
  public boolean isOfOwnBranch() {
    return fetched.tip().isPresent();
  }

  @Override
  public List<String> notes() {
    return contents.lfs().notes();
  }

  @Override
  public Path checkOut() {
    Path folder = context.request().home().resolve("base").toAbsolutePath();
    return GitCalls.local(
        "write the files of the base commit",
        () -> {
          GitDirectory.reset(context.checkout().git());
          context
              .checkout()
              .writeInto(folder, contents.lfs(), context.request(), context.remote(), fetched);
          return folder;
        });
  }

  @Override
  public Optional<FolderListing> list(Path folder, Predicate<String> wanted) throws IOException {
    return new SnapshotListing(context.checkout().directory(), contents.base())
        .find(folder, wanted);
  }

  Remote.Fetched fetched() {
    return fetched;
  }

  ContentIndex contents() {
    return contents;
  }

  /** The id of the commit's tree. */
  ObjectId files() {
    return contents.base().root().tree();
  }
}
