package io.numa.avatar.server.page;

import io.numa.avatar.operation.AttemptStory;
import io.numa.avatar.operation.LogPart;
import io.numa.avatar.operation.Overview;
import io.numa.avatar.operation.TaskStory;
import io.numa.avatar.run.history.LogSearch;
import io.numa.avatar.server.page.LogView.Link;
import io.numa.avatar.server.page.LogView.Place;
import io.numa.avatar.server.page.LogView.Search;
import io.numa.avatar.task.TaskId;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Makes the parts of the log of one attempt. */
final class LogParts {
  /** How many bytes are shown before a place. */
  private static final int CONTEXT = 4 * 1024;

  private final Overview overview;
  private final TaskStory story;
  private final AttemptStory attempt;
  private final Words words;
  private final TaskId task;
  private final String page;
  private final String choice;

  LogParts(Overview overview, TaskStory story, AttemptStory attempt, Words words) {
    this.overview = overview;
    this.story = story;
    this.attempt = attempt;
    this.words = words;
    this.task = story.line().task();
    this.page = Row.address(task);
    this.choice = "?attempt=" + attempt.attempt();
  }

  Optional<LogView> at(Place place) {
    if (place.find().isPresent()) {
      return found(place.find().get(), place.at().orElse(0L));
    }
    long end = Math.min(place.until().orElse(attempt.logSize()), attempt.logSize());
    long begin =
        place.at().isPresent()
            ? Math.min(place.at().get(), attempt.logSize()) - CONTEXT
            : end - LogView.PIECE;
    begin = Math.max(0, begin);
    int most = place.until().isPresent() ? (int) Math.max(4, end - begin) : LogView.PIECE;
    return overview
        .log(task, Optional.of(attempt.attempt()), begin, most)
        .map(part -> part(part, place));
  }

  private LogView part(LogPart part, Place place) {
    String text = part.offset() == 0 ? part.text() : part.text().substring(lineStart(part.text()));
    long begin = part.next() - utf8Length(text);
    var links = new ArrayList<Link>();
    if (begin > 0) {
      links.add(link("log_beginning", "&at=0#log"));
      links.add(link("log_earlier", "&until=" + begin + "#log"));
    }
    if (place.past() && part.next() < part.size()) {
      links.add(link("log_later", "&at=" + part.next() + "#at"));
    }
    if (place.past()) {
      links.add(link("log_newest", "#log"));
    }
    return view(
        part.next(),
        part.open() && !place.past(),
        place.past() ? "" : page + "/log" + choice,
        links,
        "",
        html(text, place.at().filter(at -> at > 0).map(at -> at - begin)));
  }

  /** With a mark before the line at {@code place}. */
  private static String html(String text, Optional<Long> place) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    if (place.isEmpty() || place.get() < 0 || place.get() >= bytes.length) {
      return LogHtml.of(text);
    }
    int at = Math.toIntExact(place.get());
    return LogHtml.of(new String(bytes, 0, at, StandardCharsets.UTF_8))
        + "<span id=\"at\"></span>"
        + LogHtml.of(new String(bytes, at, bytes.length - at, StandardCharsets.UTF_8));
  }

  private Optional<LogView> found(String text, long from) {
    return overview
        .find(task, Optional.of(attempt.attempt()), text, from)
        .map(result -> found(text, result));
  }

  private LogView found(String text, LogSearch.Result result) {
    var html = new StringBuilder();
    for (LogSearch.Hit hit : result.hits()) {
      html.append("<a href=\"")
          .append(Templates.escaped(page + choice + "&at=" + hit.offset() + "#at"))
          .append("\">")
          .append(LogHtml.of(hit.line()))
          .append("</a>");
    }
    if (result.hits().isEmpty()) {
      html.append(Templates.escaped(words.of("log_nothing_found")));
    }
    var links = new ArrayList<Link>();
    result
        .next()
        .map(next -> link("log_more_found", "&find=" + Row.encoded(text) + "&at=" + next + "#log"))
        .ifPresent(links::add);
    links.add(link("log_newest", "#log"));
    return view(0, false, "", links, text, html.toString());
  }

  private LogView view(
      long next, boolean open, String follow, List<Link> links, String searched, String html) {
    return new LogView(
        follow,
        next,
        open,
        links,
        page + "/log.txt" + choice,
        others(),
        words.of("log_of", Math.max(1, attempt.record().number()), Words.size(attempt.logSize())),
        new Search(page + "#log", attempt.attempt().toString(), searched),
        html);
  }

  private Link link(String key, String rest) {
    return new Link(words.of(key), page + choice + rest);
  }

  /** Where the first whole line begins; 0 if none does. */
  private static int lineStart(String text) {
    return text.indexOf('\n') + 1;
  }

  private static long utf8Length(String text) {
    return text.getBytes(StandardCharsets.UTF_8).length;
  }

  private List<TasksView.Choice> others() {
    List<TasksView.Choice> all =
        story.attempts().stream()
            .filter(each -> each.logSize() > 0)
            .map(
                each ->
                    new TasksView.Choice(
                        words.of("attempt_n", Math.max(1, each.record().number())),
                        page + "?attempt=" + each.attempt() + "#log",
                        each.equals(attempt)))
            .toList();
    return all.size() > 1 ? all : List.of();
  }
}
