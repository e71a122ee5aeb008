package io.numa.avatar.git.forge;

import io.numa.avatar.git.ReviewCommit;
import io.numa.avatar.port.repository.ProposedChange.Standing;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Interprets Gerrit's answer to a push to {@code refs/for}. Outcomes differ in the English text
 * only.
 */
final class GerritAnswer {
  /** Newer Gerrit versions mark the line of each change, older ones print a heading. */
  private static final Pattern NEW = Pattern.compile("(?m)\\[NEW\\]\\s*$|^\\s*New Changes:");

  private static final Pattern THERE =
      Pattern.compile("no new changes|already exists? \\((as current patchset|in the change)\\)");

  private static final Pattern CLOSED = Pattern.compile("(?m)\\bchange \\S+ closed\\b");

  private GerritAnswer() {}

  /**
   * The state of the change after the push: opened, found, or closed. Empty if Gerrit refused the
   * push for another reason.
   */
  static Optional<Standing> standing(ReviewCommit.Reply reply) {
    if (reply.taken()) {
      boolean opened = NEW.matcher(reply.messages()).find();
      return Optional.of(opened ? Standing.OPENED : Standing.FOUND);
    }
    if (CLOSED.matcher(reply.words()).find()) {
      return Optional.of(Standing.CLOSED);
    }
    return THERE.matcher(reply.words()).find() ? Optional.of(Standing.FOUND) : Optional.empty();
  }

  /** The reviewers that a refusal mentions. */
  static List<String> named(List<String> reviewers, ReviewCommit.Reply reply) {
    return reply.taken()
        ? List.of()
        : reviewers.stream().filter(name -> names(reply.words(), name)).toList();
  }

  private static boolean names(String words, String reviewer) {
    return Pattern.compile("(?<![\\w.@-])" + Pattern.quote(reviewer) + "(?![\\w@-])")
        .matcher(words)
        .find();
  }
}
