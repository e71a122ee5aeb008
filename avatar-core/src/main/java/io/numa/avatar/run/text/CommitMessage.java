package io.numa.avatar.run.text;

import io.numa.avatar.plan.DevelopmentPlan;
import io.numa.avatar.task.Task;
import io.numa.avatar.text.CleanText;
import java.util.List;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/** A commit message. Trailers are added to it as {@code git interpret-trailers} does. */
public record CommitMessage(String text) {
  private static final Pattern TRAILER = Pattern.compile("[A-Za-z0-9-]+[ \\t]*:.*");

  /** The trailers that Git itself writes. A block with one of them may contain other lines, too. */
  private static final Pattern GIT_TRAILER =
      Pattern.compile("Signed-off-by: .*|\\(cherry picked from commit .*");

  private static final Pattern CONTINUATION = Pattern.compile("[ \\t].*");

  /**
   * The message of the plan, or else of the task, or else one made from the task's title; without
   * characters that are not seen.
   */
  public static CommitMessage of(DevelopmentPlan plan, Task task) {
    Predicate<String> hasWords = message -> !message.isBlank();
    String message =
        plan.commitMessage()
            .filter(hasWords)
            .or(() -> task.options().commitMessage().filter(hasWords))
            .orElseGet(() -> "feat: " + subject(task));
    return new CommitMessage(CleanText.of(message).text().strip());
  }

  private static String subject(Task task) {
    String title = CleanText.of(task.title()).line();
    return title.isEmpty() ? "task " + task.id() : title;
  }

  public CommitMessage withTrailer(String key, String value) {
    String separator = endsWithTrailers() ? "\n" : "\n\n";
    return new CommitMessage(text.stripTrailing() + separator + key + ": " + value + "\n");
  }

  /** Adds a trailer, unless the message already has one with this key. */
  public CommitMessage withTrailerUnlessThere(String key, String value) {
    var there = Pattern.compile("(?i)" + Pattern.quote(key) + "[ \\t]*:.*");
    return lastParagraph().stream().anyMatch(line -> matches(there, line))
        ? this
        : withTrailer(key, value);
  }

  /** The last paragraph; empty if there is only one paragraph. */
  private List<String> lastParagraph() {
    List<String> lines = text.stripTrailing().lines().toList();
    int start = lines.size();
    while (start > 0 && !lines.get(start - 1).isBlank()) {
      start--;
    }
    return start == 0 ? List.of() : lines.subList(start, lines.size());
  }

  /** Whether the last paragraph, if it is not the first, consists of trailers. */
  private boolean endsWithTrailers() {
    List<String> block = lastParagraph();
    if (block.isEmpty() || matches(CONTINUATION, block.get(0))) {
      return false;
    }
    long trailers =
        block.stream().filter(line -> matches(TRAILER, line) || matches(GIT_TRAILER, line)).count();
    long others = block.stream().filter(line -> !matches(CONTINUATION, line)).count() - trailers;
    boolean byGit = block.stream().anyMatch(line -> matches(GIT_TRAILER, line));
    // The proportion is git's own (trailer.c).
    return others == 0 || (byGit && trailers * 3 >= others);
  }

  private static boolean matches(Pattern pattern, String line) {
    return pattern.matcher(line).matches();
  }
}
