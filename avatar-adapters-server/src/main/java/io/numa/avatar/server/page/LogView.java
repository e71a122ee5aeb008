package io.numa.avatar.server.page;

import io.numa.avatar.operation.AttemptStory;
import io.numa.avatar.operation.LogPart;
import io.numa.avatar.operation.Overview;
import io.numa.avatar.operation.TaskStory;
import io.numa.avatar.task.AttemptId;
import io.numa.avatar.task.TaskId;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;

/**
 * A part of a log.
 *
 * @param follow the address of what comes later; empty if this part is not the end
 * @param next where that begins
 * @param open whether the log may still grow
 * @param newest the address of the end, if this part is not the end
 * @param earlier the address of the part before
 * @param others each attempt that has a log, if there are several
 */
record LogView(
    String follow,
    long next,
    boolean open,
    Optional<String> newest,
    Optional<String> earlier,
    String file,
    List<TasksView.Choice> others,
    String about,
    String html) {
  /** The most bytes of a part. */
  static final int PIECE = 256 * 1024;

  /**
   * Which part of a log to show.
   *
   * @param attempt the last one if empty
   * @param until where it ends, in bytes; at the end of the log if empty
   */
  record Place(Optional<AttemptId> attempt, Optional<Long> until) {}

  /** The part at a place; empty if there is no log. */
  static Optional<LogView> of(Overview overview, TaskStory story, Place place, Words words) {
    return story.attempts().stream()
        .filter(each -> place.attempt().map(each.attempt()::equals).orElse(true))
        .reduce((earlier, later) -> later)
        .filter(attempt -> attempt.logSize() > 0 || attempt.record().open())
        .flatMap(attempt -> of(overview, story, attempt, place.until(), words));
  }

  private static Optional<LogView> of(
      Overview overview, TaskStory story, AttemptStory attempt, Optional<Long> until, Words words) {
    TaskId task = story.line().task();
    long end = Math.min(until.orElse(attempt.logSize()), attempt.logSize());
    long begin = Math.max(0, end - PIECE);
    int most = until.isPresent() ? (int) Math.max(4, end - begin) : PIECE;
    return overview
        .log(task, Optional.of(attempt.attempt()), begin, most)
        .map(part -> view(story, attempt, part, until.isPresent(), words));
  }

  private static LogView view(
      TaskStory story, AttemptStory attempt, LogPart part, boolean past, Words words) {
    String text = part.offset() == 0 ? part.text() : part.text().substring(lineStart(part.text()));
    long begin = part.next() - utf8Length(text);
    String page = Row.address(story.line().task());
    String choice = "?attempt=" + attempt.attempt();
    return new LogView(
        past ? "" : page + "/log" + choice,
        part.next(),
        part.open() && !past,
        past ? Optional.of(page + choice + "#log") : Optional.empty(),
        begin > 0 ? Optional.of(page + choice + "&until=" + begin + "#log") : Optional.empty(),
        page + "/log.txt" + choice,
        others(story, attempt, page, words),
        words.of("log_of", Math.max(1, attempt.record().number()), Words.size(attempt.logSize())),
        LogHtml.of(text));
  }

  /** Where the first whole line begins; 0 if none does. */
  private static int lineStart(String text) {
    return text.indexOf('\n') + 1;
  }

  private static long utf8Length(String text) {
    return text.getBytes(StandardCharsets.UTF_8).length;
  }

  private static List<TasksView.Choice> others(
      TaskStory story, AttemptStory shown, String page, Words words) {
    List<TasksView.Choice> all =
        story.attempts().stream()
            .filter(attempt -> attempt.logSize() > 0)
            .map(
                attempt ->
                    new TasksView.Choice(
                        words.of("attempt_n", Math.max(1, attempt.record().number())),
                        page + "?attempt=" + attempt.attempt() + "#log",
                        attempt.equals(shown)))
            .toList();
    return all.size() > 1 ? all : List.of();
  }
}
