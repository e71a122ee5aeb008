package io.numa.avatar.git.internal.objects;

import io.numa.avatar.git.internal.support.Folders;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.RefUpdate;
import org.eclipse.jgit.lib.Repository;

/**
 * The commits whose whole history is in a mirror. For each there is a ref named by the commit's id.
 * Such names never conflict, unlike the names of branches.
 */
public final class CompleteCommits {
  private static final String REFS = "refs/tips/";

  private CompleteCommits() {}

  /** Whether the repository has a commit with its whole history. */
  public static boolean has(Repository repository, ObjectId commit) throws IOException {
    return repository.exactRef(REFS + commit.name()) != null
        && repository.getObjectDatabase().has(commit);
  }

  /** Notes that a commit was fetched with its history. Returns whether this is new. */
  public static boolean add(Repository repository, ObjectId commit) throws IOException {
    if (has(repository, commit)) {
      return false;
    }
    RefUpdate update = repository.updateRef(REFS + commit.name());
    update.setNewObjectId(commit);
    update.disableRefLog();
    RefUpdate.Result result = update.forceUpdate();
    if (result != RefUpdate.Result.NEW && result != RefUpdate.Result.NO_CHANGE) {
      throw new IOException("could not record the commit " + commit.name() + ": " + result);
    }
    return true;
  }

  /** Removes the notes of all but the newest commits. */
  public static void removeOldest(Path git, int kept) throws IOException {
    List<Tip> all = new ArrayList<>();
    for (Path file : Folders.children(git.resolve(REFS))) {
      all.add(new Tip(file, Files.getLastModifiedTime(file)));
    }
    all.sort(Comparator.comparing(Tip::noted));
    for (int i = 0; i < all.size() - kept; i++) {
      Files.delete(all.get(i).file());
    }
  }

  private record Tip(Path file, FileTime noted) {}
}
