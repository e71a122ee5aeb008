package io.numa.avatar.backend.settings;

import io.numa.avatar.task.TaskState;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * The words for the states of a task, as the backend spells them.
 *
 * <p>The three final states may share a word, for backends that have fewer states.
 */
public record StatusWords(
    String todo, String inProgress, String done, String failed, String cancelled) {

  public static final StatusWords DEFAULT =
      new StatusWords("todo", "in_progress", "done", "failed", "cancelled");

  public StatusWords {
    for (String word : List.of(todo, inProgress, done, failed, cancelled)) {
      if (word.isBlank()) {
        throw new IllegalArgumentException("a status word must not be blank");
      }
    }
    Set<String> last = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);
    last.addAll(List.of(done, failed, cancelled));
    if (todo.equalsIgnoreCase(inProgress) || last.contains(todo) || last.contains(inProgress)) {
      throw new IllegalArgumentException(
          "the status words for todo ('"
              + todo
              + "') and in_progress ('"
              + inProgress
              + "') must be like no other");
    }
  }

  /** The state that {@code word} stands for, in upper or lower case. */
  public TaskState state(String word) {
    String plain = word.strip();
    return Stream.of(TaskState.values())
        .filter(state -> state != TaskState.UNKNOWN && word(state).equalsIgnoreCase(plain))
        .findFirst()
        .orElse(TaskState.UNKNOWN);
  }

  /** The word to write for {@code state}. */
  public String word(TaskState state) {
    return switch (state) {
      case TODO -> todo;
      case IN_PROGRESS -> inProgress;
      case DONE -> done;
      case FAILED -> failed;
      case CANCELLED -> cancelled;
      case UNKNOWN ->
          throw new IllegalArgumentException(
              "no word for " + state.name().toLowerCase(Locale.ROOT));
    };
  }
}
