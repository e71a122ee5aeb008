package io.numa.avatar.benchmarks;

import io.numa.avatar.task.CommitId;
import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import org.jspecify.annotations.Nullable;

/**
 * A working tree that native Git moves from commit to commit. It always equals a fresh checkout.
 * Not thread-safe.
 */
final class KeptTree {
  private final NativeGit git;
  private @Nullable CommitId at;

  KeptTree(NativeGit git) {
    this.git = git;
  }

  /**
   * Resets the tree to that of {@code commit}.
   *
   * @return whether that was possible; a repository may lack an object
   */
  boolean moveTo(CommitId commit) throws IOException, InterruptedException {
    if (mustStartAgain(commit)) {
      clear();
    }
    at = null;
    boolean moved =
        git.ask("read-tree", "--reset", "-u", commit.value()).succeeded()
            && git.ask("clean", "-ffdxq").succeeded();
    if (moved) {
      at = commit;
    }
    return moved;
  }

  /** Makes the next move start from an empty tree. */
  void distrust() {
    at = null;
  }

  /**
   * Whether the next commit needs an empty tree. If only attributes change, Git does not rewrite
   * files with the new line ends.
   */
  private boolean mustStartAgain(CommitId next) throws IOException, InterruptedException {
    CommitId here = at;
    return here == null
        || !git.text(
                "diff-tree",
                "-r",
                "--name-only",
                here.value(),
                next.value(),
                "--",
                ":(glob)**/.gitattributes")
            .isEmpty();
  }

  private void clear() throws IOException {
    Files.deleteIfExists(git.index());
    if (Files.exists(git.tree())) {
      delete(git.tree());
    }
    Files.createDirectories(git.tree());
  }

  /** Removes a folder with all that is in it. */
  static void delete(Path folder) throws IOException {
    Files.walkFileTree(
        folder,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
              throws IOException {
            Files.delete(file);
            return FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult postVisitDirectory(Path visited, @Nullable IOException failure)
              throws IOException {
            if (failure != null) {
              throw failure;
            }
            Files.delete(visited);
            return FileVisitResult.CONTINUE;
          }
        });
  }
}
