package io.numa.avatar.cli.console;

import io.numa.avatar.git.UncommittedChanges;
import io.numa.avatar.task.RepositoryUrl;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Tells that {@code exec} works on commits, where a working tree has changes that are not in one.
 */
public final class UncommittedNote {
  private static final int NAMED = 3;

  /** Files that the operator has made for this command, or this command for the operator. */
  private static final Pattern OUR_OWN =
      Pattern.compile("(?:.*/)?(?:avatar-.*\\.patch|plan\\.\\w+)");

  private UncommittedNote() {}

  /** The note; empty if there is no such change. */
  public static Optional<String> of(RepositoryUrl repository) {
    try {
      return UncommittedChanges.in(repository).flatMap(UncommittedNote::text);
    } catch (IOException e) {
      return Optional.of("could not look for uncommitted changes in '" + repository + "': " + e);
    }
  }

  private static Optional<String> text(UncommittedChanges changes) {
    List<String> untracked =
        changes.untracked().stream().filter(path -> !OUR_OWN.matcher(path).matches()).toList();
    List<String> all = new ArrayList<>(changes.changed());
    all.addAll(untracked);
    if (all.isEmpty()) {
      return Optional.empty();
    }
    List<String> counts = new ArrayList<>();
    if (!changes.changed().isEmpty()) {
      counts.add(changes.changed().size() + " changed");
    }
    if (!untracked.isEmpty()) {
      counts.add(untracked.size() + " untracked");
    }
    return Optional.of(
        String.join(" and ", counts)
            + (all.size() == 1 ? " file is" : " files are")
            + " not committed, so the plan did not see "
            + (all.size() == 1 ? "it: " : "them: ")
            + Harmless.line(String.join(", ", all.subList(0, Math.min(all.size(), NAMED))))
            + (all.size() > NAMED ? ", …" : ""));
  }
}
