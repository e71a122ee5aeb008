package io.numa.avatar.server.page;

import io.numa.avatar.operation.Overview;
import io.numa.avatar.operation.TaskStory;
import io.numa.avatar.task.AttemptId;
import java.util.List;
import java.util.Optional;

/**
 * A part of a log, or the lines of it that have a text.
 *
 * @param follow the address of what comes later; empty if this part is not the end
 * @param next where that begins
 * @param open whether the log may still grow
 * @param links to other parts
 * @param file the address of the whole log
 * @param others each attempt that has a log, if there are several
 * @param search what is looked for in the whole log
 */
record LogView(
    String follow,
    long next,
    boolean open,
    List<Link> links,
    String file,
    List<TasksView.Choice> others,
    String about,
    Search search,
    String html) {
  /** The most bytes of a part. */
  static final int PIECE = 256 * 1024;

  /** Another part. */
  record Link(String name, String href) {}

  /**
   * A search in the whole log.
   *
   * @param action the address that it is sent to
   * @param text what was searched for; empty if nothing was
   */
  record Search(String action, String attempt, String text) {}

  /**
   * Which part of a log to show.
   *
   * @param attempt the last one if empty
   * @param until where it ends, in bytes; at the end of the log if empty
   * @param at the place to show, in bytes; also where a search begins
   * @param find the text of which to show the lines
   */
  record Place(
      Optional<AttemptId> attempt, Optional<Long> until, Optional<Long> at, Optional<String> find) {
    /** Whether it is another part than the end. */
    boolean past() {
      return until.isPresent() || at.isPresent() || find.isPresent();
    }
  }

  /** The part at a place; empty if there is no log. */
  static Optional<LogView> of(Overview overview, TaskStory story, Place place, Words words) {
    return story.attempts().stream()
        .filter(each -> place.attempt().map(each.attempt()::equals).orElse(true))
        .reduce((earlier, later) -> later)
        .filter(attempt -> attempt.logSize() > 0 || attempt.record().open())
        .flatMap(attempt -> new LogParts(overview, story, attempt, words).at(place));
  }
}
