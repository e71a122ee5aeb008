package io.numa.avatar.git.internal.cache;

import static java.nio.file.LinkOption.NOFOLLOW_LINKS;

import io.numa.avatar.git.internal.objects.DisposableGit;
import io.numa.avatar.git.internal.support.Folders;
import io.numa.avatar.git.internal.support.InterProcessLock;
import io.numa.avatar.git.internal.support.Seal;
import io.numa.avatar.git.internal.worktree.TreeSnapshot;
import io.numa.avatar.git.internal.worktree.WorkingTree;
import io.numa.avatar.git.settings.GitFeatures;
import io.numa.avatar.workspace.FileNames;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The working trees kept between tasks, numbered for each repository. The pool makes a new tree
 * only if all others are in use. Safe for use by several threads.
 */
public final class WorktreePool {
  private static final Logger log = LoggerFactory.getLogger(WorktreePool.class);

  private static final String TREE = "tree";
  private static final String USER = "user";
  private static final String LOCK = "lock";
  private static final String REPOSITORY = "repository";

  private final Path folder;
  private final boolean keepIgnored;
  private final TreeNotes notes;
  private final Object lock = new Object();
  private final Set<Path> taken = new HashSet<>();

  /**
   * @param features the features with which trees are written; a tree with other features is
   *     written anew
   * @param seal marks the notes about trees
   */
  public WorktreePool(Path folder, boolean keepIgnored, GitFeatures features, Seal seal) {
    this.folder = folder;
    this.keepIgnored = keepIgnored;
    this.notes = new TreeNotes(features.ofTrees(), seal);
  }

  /** A tree that this process uses; no other process can use it meanwhile. */
  public final class WorktreeLease implements AutoCloseable {
    private final Path place;
    private final InterProcessLock held;
    private final WorkingTree tree;

    private WorktreeLease(Path place, InterProcessLock held) {
      this.place = place;
      this.held = held;
      this.tree = open(place);
    }

    public WorkingTree tree() {
      return tree;
    }

    /** Moves the tree's files to a path in the same file system; the path must not exist yet. */
    public void giveAway(Path to) throws IOException {
      notes.forget(place);
      Files.move(tree.directory(), to);
    }

    /** Leaves the tree to later tasks. */
    @Override
    public void close() {
      TreeSnapshot base = tree.base();
      if (base != null && Files.isDirectory(tree.directory())) {
        removeGitFolder();
        notes.remember(place, base);
      }
      removeOtherFiles();
      noLongerUsed(place);
      release(place, held);
    }

    /** Removes files beside the tree, which the task's commands may have written. */
    private void removeOtherFiles() {
      try {
        Folders.deleteOthers(place, Set.of(TREE, USER, TreeNotes.FILE, LOCK, REPOSITORY));
      } catch (IOException e) {
        log.warn("Could not remove what a task has left in '{}': {}", place, e.toString());
      }
    }

    /** Removes the {@code .git} in the tree now, as no task waits for this. */
    private void removeGitFolder() {
      try {
        DisposableGit.remove(tree.directory());
      } catch (IOException e) {
        log.debug("The next task will have to remove the '.git' in '{}'", tree.directory(), e);
      }
    }
  }

  /**
   * Takes the first free tree of a repository; makes one if none is free.
   *
   * @param home of the working copy that will use the tree
   */
  public WorktreeLease take(RepositoryKey repository, Path home) throws IOException {
    for (int number = 0; ; number++) {
      Path place = folder.resolve(repository.brief()).resolve(String.valueOf(number));
      Optional<InterProcessLock> held = hold(place);
      if (held.isPresent() && use(place, home, held.get())) {
        describe(place, repository);
        return new WorktreeLease(place, held.get());
      }
    }
  }

  /**
   * The tree that a previous process used; empty if there is none. It stays as it is until its home
   * is discarded.
   *
   * @param home of the working copy that used it
   */
  public Optional<Path> usedBy(RepositoryKey repository, Path home) throws IOException {
    Path trees = folder.resolve(repository.brief());
    byte[] user = FileNames.bytes(home.toAbsolutePath());
    if (Files.isDirectory(trees, NOFOLLOW_LINKS)) {
      try (DirectoryStream<Path> places = Files.newDirectoryStream(trees)) {
        for (Path place : places) {
          if (Files.isRegularFile(user(place), NOFOLLOW_LINKS)
              && Arrays.equals(Files.readAllBytes(user(place)), user)) {
            return Optional.of(directory(place)).filter(Files::isDirectory);
          }
        }
      }
    }
    return Optional.empty();
  }

  /** Writes for the operator which repository a tree belongs to. */
  private static void describe(Path place, RepositoryKey repository) {
    Path file = place.resolve(REPOSITORY);
    try {
      if (!Files.exists(file, NOFOLLOW_LINKS)) {
        Files.writeString(file, repository.address() + "\n");
      }
    } catch (IOException e) {
      log.warn("Could not write which repository '{}' belongs to: {}", place, e.toString());
    }
  }

  /**
   * Records the user of a tree whose lock is held. Releases the lock if the tree cannot be used or
   * recording fails.
   */
  private boolean use(Path place, Path home, InterProcessLock held) throws IOException {
    boolean used = false;
    try {
      if (isAbandoned(place)) {
        Files.write(user(place), FileNames.bytes(home.toAbsolutePath()));
        used = true;
      }
      return used;
    } finally {
      if (!used) {
        release(place, held);
      }
    }
  }

  /**
   * Whether an unlocked tree is free, as no command runs in it any more. If the process that held
   * the lock has died, its commands may still run. The next process ends them, and discards the
   * home after that.
   */
  private static boolean isAbandoned(Path place) throws IOException {
    return !Files.exists(user(place))
        || !Files.exists(FileNames.of(Files.readAllBytes(user(place))), NOFOLLOW_LINKS);
  }

  /**
   * Removes a tree, unless it is in use.
   *
   * @param place the tree's folder; its lock file and the note about its user stay there
   */
  public void remove(Path place) throws IOException {
    Optional<InterProcessLock> held = hold(place);
    if (held.isPresent()) {
      try {
        notes.forget(place);
        Folders.deleteOthers(place, Set.of(USER, LOCK));
      } finally {
        release(place, held.get());
      }
    }
  }

  private Optional<InterProcessLock> hold(Path place) throws IOException {
    synchronized (lock) {
      if (taken.contains(place)) {
        return Optional.empty();
      }
      Optional<InterProcessLock> held = InterProcessLock.tryTake(place.resolve(LOCK));
      held.ifPresent(one -> taken.add(place));
      return held;
    }
  }

  private void release(Path place, InterProcessLock held) {
    synchronized (lock) {
      taken.remove(place);
      try {
        held.close();
      } catch (IOException e) {
        log.warn("Could not give back '{}': {}", place, e.toString());
      }
    }
  }

  private WorkingTree open(Path place) {
    TreeSnapshot base = notes.recall(place);
    return base != null && Files.isDirectory(directory(place))
        ? WorkingTree.used(directory(place), base, keepIgnored)
        : WorkingTree.fresh(directory(place));
  }

  private static void noLongerUsed(Path place) {
    try {
      Files.deleteIfExists(user(place));
    } catch (IOException e) {
      log.warn("Could not give back '{}': {}", place, e.toString());
    }
  }

  private static Path directory(Path place) {
    return place.resolve(TREE);
  }

  private static Path user(Path place) {
    return place.resolve(USER);
  }
}
