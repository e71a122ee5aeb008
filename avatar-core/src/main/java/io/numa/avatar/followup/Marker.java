package io.numa.avatar.followup;

import io.numa.avatar.task.CommitId;
import java.util.List;
import java.util.Optional;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/**
 * What an answer says to avatars, in a comment of HTML that people do not see.
 *
 * @param key what was answered
 * @param attempt how many follow-ups there were without new input from people
 * @param commit what was pushed
 */
record Marker(String key, int attempt, Optional<CommitId> commit) {
  private static final Pattern FORM =
      Pattern.compile(
          "<!-- numa-follow-up ([A-Za-z0-9-]{1,100}) ([1-9][0-9]{0,5})(?: ([0-9a-f]{40,64}))? -->");

  /** The markers in a comment. */
  static List<Marker> in(String text) {
    return FORM.matcher(text).results().map(Marker::of).toList();
  }

  private static Marker of(MatchResult found) {
    return new Marker(
        found.group(1),
        Integer.parseInt(found.group(2)),
        Optional.ofNullable(found.group(3)).map(CommitId::new));
  }

  /** Whether a comment has a marker, so that it is an avatar's. */
  static boolean isIn(String text) {
    return FORM.matcher(text).find();
  }

  String text() {
    return "<!-- numa-follow-up "
        + key
        + " "
        + attempt
        + commit.map(id -> " " + id).orElse("")
        + " -->";
  }
}
