package io.numa.avatar.git;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.nio.file.LinkOption.NOFOLLOW_LINKS;

import io.numa.avatar.git.internal.cache.RepositoryCache;
import io.numa.avatar.git.internal.cache.RepositoryKey;
import io.numa.avatar.git.internal.lfs.Lfs;
import io.numa.avatar.git.internal.objects.GitDirectory;
import io.numa.avatar.git.internal.objects.Packs;
import io.numa.avatar.git.internal.objects.SparsePackRepository;
import io.numa.avatar.git.internal.worktree.ContentIndex;
import io.numa.avatar.git.internal.worktree.DiffWriter;
import io.numa.avatar.git.internal.worktree.TreeObjects;
import io.numa.avatar.git.internal.worktree.TreeReader;
import io.numa.avatar.git.internal.worktree.TreeSnapshot;
import io.numa.avatar.git.settings.GitSettings;
import io.numa.avatar.task.RepositoryUrl;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.ObjectInserter;
import org.eclipse.jgit.lib.ObjectReader;

/**
 * The working tree that a previous process left, with the Git directory beside it.
 *
 * @param home of its checkout
 * @param base the commit that was checked out
 */
record LeftTree(Path home, RepositoryUrl url, ObjectId base) {
  private static final String NOTE = "checkout";

  /** Notes in a home what was checked out, for the process after this one. */
  static void note(Path home, RepositoryUrl url, ObjectId base) throws IOException {
    Files.writeString(home.resolve(NOTE), url.value() + "\n" + base.name() + "\n");
  }

  /** Finds what was left; empty if there is nothing, or it was left before it was whole. */
  static Optional<LeftTree> in(Path home) throws IOException {
    Path note = home.resolve(NOTE);
    if (!Files.isRegularFile(note, NOFOLLOW_LINKS)) {
      return Optional.empty();
    }
    List<String> lines = Files.readAllLines(note, UTF_8);
    return lines.size() == 2 && ObjectId.isId(lines.get(1))
        ? Optional.of(
            new LeftTree(
                home, RepositoryUrl.parse(lines.get(0)), ObjectId.fromString(lines.get(1))))
        : Optional.empty();
  }

  /**
   * Writes the difference of the tree to its base commit, less what must not be committed. The
   * tree's state is read anew.
   */
  void writeChange(
      Optional<RepositoryCache> cache, GitSettings settings, long largestFile, OutputStream out)
      throws IOException {
    Optional<Path> tree = directory(cache);
    if (tree.isEmpty()) {
      return;
    }
    Path git = LocalCheckout.git(home);
    try (SparsePackRepository repository = GitDirectory.open(git);
        ObjectReader objects = repository.newObjectReader();
        ObjectInserter inserter = Packs.inserter(repository)) {
      ObjectId files = TreeObjects.treeOf(objects, base);
      var cone = settings.features().sparse();
      var contents =
          new ContentIndex(
              repository,
              TreeSnapshot.unknown(TreeObjects.read(objects, files, cone)),
              Lfs.of(url, git.resolve("lfs"), repository, files, settings),
              cone);
      ObjectId now = TreeReader.readWhatFits(tree.get(), contents, inserter, largestFile);
      DiffWriter.write(repository, files, now, out);
    }
  }

  private Optional<Path> directory(Optional<RepositoryCache> cache) throws IOException {
    Path own = home.resolve("tree");
    return Files.isDirectory(own, NOFOLLOW_LINKS) || cache.isEmpty()
        ? Optional.of(own).filter(Files::isDirectory)
        : cache.get().trees().usedBy(RepositoryKey.of(url), home);
  }
}
