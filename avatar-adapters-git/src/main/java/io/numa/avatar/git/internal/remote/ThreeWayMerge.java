package io.numa.avatar.git.internal.remote;

import static java.util.stream.Collectors.joining;

import io.numa.avatar.git.internal.support.RemoteText;
import io.numa.avatar.port.PortException;
import io.numa.avatar.run.secret.Redactor;
import io.numa.avatar.task.FailureKind;
import java.io.IOException;
import java.util.List;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.ObjectInserter;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.merge.MergeStrategy;
import org.eclipse.jgit.merge.ResolveMerger;
import org.eclipse.jgit.revwalk.RevCommit;
import org.eclipse.jgit.revwalk.RevWalk;

/**
 * The three-way merge that replays a commit. It merges the content in Git, not the files of a tree.
 * So it compares line ends as committed, and runs no filter.
 */
public final class ThreeWayMerge {
  private static final int NAMED = 10;

  private final Repository repository;
  private final String action;
  private final Redactor redactor;

  /**
   * @param action the purpose of the merge, for messages
   * @param redactor hides secrets in names and subjects
   */
  public ThreeWayMerge(Repository repository, String action, Redactor redactor) {
    this.repository = repository;
    this.action = action;
    this.redactor = redactor;
  }

  /**
   * Merges the changes of two commits to the same files.
   *
   * @param base the tree from which {@code ours} was made
   * @return the merged tree
   * @throws PortException of kind {@code CONFLICT} if both have changed the same part of a file
   */
  public ObjectId of(ObjectId base, ObjectId ours, ObjectId theirs) throws IOException {
    var merger = (ResolveMerger) MergeStrategy.RESOLVE.newMerger(repository, true);
    try (ObjectInserter inserter = merger.getObjectInserter()) {
      merger.setBase(base);
      if (merger.merge(theirs, ours)) {
        inserter.flush();
        return merger.getResultTreeId();
      }
      throw conflict(merger.getUnmergedPaths(), ours, theirs);
    }
  }

  private PortException conflict(List<String> paths, ObjectId ours, ObjectId theirs)
      throws IOException {
    String named =
        paths.stream()
            .limit(NAMED)
            .map(path -> "'" + RemoteText.name(redactor, path) + "'")
            .collect(joining(", "));
    int more = paths.size() - NAMED;
    return new PortException(
        FailureKind.CONFLICT,
        ("could not " + action + ": others have changed the same in " + named)
            + (more > 0 ? " and " + more + " more" : "")
            + ("\nours: " + line(ours))
            + ("\ntheirs: " + line(theirs)));
  }

  /** Describes a commit in one line, such as {@code 1a2b3c4d5e "Fix it" by Ann}. */
  public String line(ObjectId id) throws IOException {
    try (var walk = new RevWalk(repository)) {
      RevCommit commit = walk.parseCommit(id);
      String subject = RemoteText.name(redactor, commit.getShortMessage());
      String author = RemoteText.name(redactor, commit.getAuthorIdent().getName());
      return id.name().substring(0, 10) + " \"" + subject + "\" by " + author;
    }
  }
}
