package io.numa.avatar.git;

import io.numa.avatar.port.BaseCommit;
import io.numa.avatar.port.FolderListing;
import io.numa.avatar.task.CommitId;
import io.numa.avatar.task.TreeId;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Predicate;
import org.eclipse.jgit.lib.ObjectId;

/** A fetched commit, and what is known of its files in the tree. */
final class JGitBaseCommit implements BaseCommit {
  private final CopyContext context;
  private final Remote.Fetched fetched;
  private final Contents contents;

  JGitBaseCommit(CopyContext context, Remote.Fetched fetched, Contents contents) {
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
  public Path checkOut() {
    Path folder = context.checkout().home().resolve("base").toAbsolutePath();
    return GitCalls.local(
        "write the files of the base commit",
        () -> {
          GitFolder.reset(context.premises().git());
          context
              .premises()
              .writeInto(folder, contents.lfs(), context.checkout(), context.remote(), fetched);
          return folder;
        });
  }

  @Override
  public Optional<FolderListing> list(Path folder, Predicate<String> wanted) throws IOException {
    return new NotedFolders(context.premises().directory(), contents.base()).find(folder, wanted);
  }

  Remote.Fetched fetched() {
    return fetched;
  }

  Contents contents() {
    return contents;
  }

  /** The id of its tree. */
  ObjectId files() {
    return contents.base().root().tree();
  }
}
