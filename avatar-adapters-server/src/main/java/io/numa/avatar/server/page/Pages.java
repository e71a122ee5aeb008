package io.numa.avatar.server.page;

import io.numa.avatar.operation.LogPart;
import io.numa.avatar.operation.OperationEvents;
import io.numa.avatar.operation.Overview;
import io.numa.avatar.operation.TaskStory;
import io.numa.avatar.port.journal.OutcomeWord;
import io.numa.avatar.port.journal.TaskQuery;
import io.numa.avatar.server.http.Answer;
import io.numa.avatar.server.http.BadRequestException;
import io.numa.avatar.server.http.Request;
import io.numa.avatar.task.AttemptId;
import io.numa.avatar.task.TaskId;
import io.numa.avatar.time.Shared;
import java.time.Clock;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.LongSupplier;
import java.util.stream.Collectors;

/**
 * The pages for people. It does not ask who the client is. Safe for use by several threads.
 *
 * <p>With the parameter {@code part}, a page lacks its longest parts: with {@code story} log, plan
 * and change, with {@code change} log and plan.
 */
public final class Pages {
  private static final int RECENT = 10;

  /** How many pages are kept for other clients. */
  private static final int SHARED = 8;

  private static final String STORY = "story";
  private static final Set<OutcomeWord> ENDED =
      Arrays.stream(OutcomeWord.values()).filter(OutcomeWord::ended).collect(Collectors.toSet());
  private static final Map<String, String> ASSETS =
      Map.of(
          "avatar.css", "text/css; charset=utf-8",
          "avatar.js", "text/javascript; charset=utf-8",
          "avatar.svg", "image/svg+xml");

  /** How old a page may be that was made for another client, if nothing has happened since then. */
  private static final Duration AGE = Duration.ofMillis(100);

  private final Overview overview;
  private final Clock clock;
  private final Templates templates = new Templates();
  private final Shared<Asked, Optional<Answer>> shared;

  /** What a client asks for. */
  private record Asked(List<String> path, Map<String, String> query, Language language) {}

  /**
   * @param changes counts what happens, see {@link OperationEvents#published}
   */
  public Pages(Overview overview, LongSupplier changes, Clock clock) {
    this(overview, changes, AGE, clock);
  }

  Pages(Overview overview, LongSupplier changes, Duration age, Clock clock) {
    this.overview = overview;
    this.clock = clock;
    this.shared = new Shared<>(SHARED, age, changes);
  }

  /**
   * A file that the pages use, which tells nothing of the avatar.
   *
   * @param path such as {@code assets/avatar.css}
   */
  public Optional<Answer> asset(List<String> path) {
    if (path.size() != 2 || !path.get(0).equals("assets")) {
      return Optional.empty();
    }
    return Optional.ofNullable(ASSETS.get(path.get(1)))
        .map(type -> Answer.of(200, type, Resources.text(path.get(1))));
  }

  /** The page for logging in. */
  public Answer login(Request request) {
    return login(request, 200, Optional.empty());
  }

  /** The page for logging in, for a client that has not shown the token where it has to. */
  public Answer loginFirst(Request request) {
    return login(request, 401, Optional.empty());
  }

  /** The page for logging in, for a client whose token or code is not the right one. */
  public Answer loginAgain(Request request) {
    boolean byToken = request.method().equals("POST");
    return login(request, 401, Optional.of(byToken ? "login_wrong" : "code_wrong"));
  }

  private record LoginView(Optional<String> problem, String hint) {}

  private Answer login(Request request, int status, Optional<String> problem) {
    Words words = words(request);
    var view = new LoginView(problem.map(words::of), words.of("login_hint", "server.token"));
    return page(status, "login.html", words, Frame.plain(words, words.of("login")), view);
  }

  /**
   * The page at the request's path.
   *
   * @param form lets the client send messages to the agent of the page's task
   * @return empty if there is none
   * @throws BadRequestException if a parameter is not as it should be
   */
  public Optional<Answer> answer(Request request, Optional<MessageForm> form) {
    // All watchers load these parts at the same moment: when something has happened.
    boolean whole = request.path().size() == 2 && !part(request).equals(STORY);
    return whole
        ? made(request, form)
        : shared.get(
            new Asked(request.path(), request.query(), Language.of(request)),
            () -> made(request, Optional.empty()));
  }

  private static String part(Request request) {
    return request.parameter("part").orElse("all");
  }

  private Optional<Answer> made(Request request, Optional<MessageForm> form) {
    List<String> path = request.path();
    if (path.isEmpty()) {
      return Optional.of(home(request));
    }
    if (!path.get(0).equals("tasks")) {
      return Optional.empty();
    }
    return switch (path.size()) {
      case 1 -> Optional.of(tasks(request));
      case 2 -> Optional.of(task(request, taskId(path.get(1)), form));
      default ->
          path.size() == 3 && path.get(2).equals("log")
              ? Optional.of(log(request, taskId(path.get(1))))
              : Optional.empty();
    };
  }

  private Answer home(Request request) {
    Words words = words(request);
    var status = overview.status();
    var ended = overview.tasks(TaskQuery.ALL.withOutcomes(ENDED).withLimit(RECENT));
    return page(
        200,
        "home.html",
        words,
        Frame.of(status, words, status.avatar().id()).home(),
        HomeView.of(status, ended, words));
  }

  private Answer tasks(Request request) {
    Words words = words(request);
    TaskQuery query = query(request);
    Frame frame =
        Frame.of(overview.status(), words, words.of("tasks")).tasks(query.text().orElse(""));
    return page(200, "tasks.html", words, frame, TasksView.of(query, overview.tasks(query), words));
  }

  private static TaskQuery query(Request request) {
    TaskQuery query = TaskQuery.ALL;
    Optional<String> text = request.parameter("text");
    if (text.isPresent()) {
      query = query.withText(text.get().strip());
    }
    Optional<String> outcomes = request.parameter("outcome");
    if (outcomes.isPresent()) {
      query = query.withOutcomes(outcomes(outcomes.get()));
    }
    Optional<String> after = request.parameter("after");
    return after.isPresent() ? query.withAfter(after.get()) : query;
  }

  private static Set<OutcomeWord> outcomes(String words) {
    try {
      return Arrays.stream(words.split(",", 20))
          .map(word -> OutcomeWord.valueOf(word.toUpperCase(Locale.ROOT)))
          .collect(Collectors.toSet());
    } catch (IllegalArgumentException e) {
      throw new BadRequestException("there is no such outcome");
    }
  }

  private Answer task(Request request, TaskId task, Optional<MessageForm> form) {
    Words words = words(request);
    return overview
        .task(task)
        .map(story -> task(request, story, form, words))
        .orElseGet(() -> missing(words, task));
  }

  private Answer task(Request request, TaskStory story, Optional<MessageForm> form, Words words) {
    String part = part(request);
    var parts =
        new TaskView.Parts(
            part.equals("all")
                ? LogView.of(overview, story, place(request), words)
                : Optional.empty(),
            part.equals(STORY)
                ? Optional.empty()
                : Optional.of(ChangeView.of(overview.change(story.line().task()))),
            part.equals("all"),
            form.filter(given -> part.equals("all")));
    TaskView view = TaskView.of(story, parts, words);
    return page(
        200,
        "task.html",
        words,
        Frame.of(overview.status(), words, view.row().title()).tasks(""),
        view);
  }

  private record MissingView(String hint) {}

  private Answer missing(Words words, TaskId task) {
    return page(
        404,
        "missing.html",
        words,
        Frame.of(overview.status(), words, words.of("no_task")).tasks(""),
        new MissingView(words.of("no_task_hint", task)));
  }

  /** What a log has from a byte on, for the script. */
  private Answer log(Request request, TaskId task) {
    long from = number(request, "from").orElse(0L);
    return overview
        .log(task, place(request).attempt(), from, LogView.PIECE)
        .map(Pages::log)
        .orElseGet(() -> Answer.of(404, Answer.TEXT, ""));
  }

  private static Answer log(LogPart part) {
    return Answer.of(200, Answer.HTML, LogHtml.of(part.text()))
        .with("X-Next", Long.toString(part.next()))
        .with("X-Open", Boolean.toString(part.open()));
  }

  private static LogView.Place place(Request request) {
    return new LogView.Place(
        request.parameter("attempt").map(Pages::attemptId),
        number(request, "until"),
        number(request, "at"),
        request.parameter("find"));
  }

  private static AttemptId attemptId(String text) {
    try {
      return new AttemptId(UUID.fromString(text));
    } catch (IllegalArgumentException e) {
      throw new BadRequestException("this is no id of an attempt");
    }
  }

  private static TaskId taskId(String text) {
    try {
      return new TaskId(text);
    } catch (IllegalArgumentException e) {
      throw new BadRequestException("this is no id of a task");
    }
  }

  private static Optional<Long> number(Request request, String name) {
    return request
        .parameter(name)
        .map(
            text -> {
              if (!text.matches("[0-9]{1,18}")) {
                throw new BadRequestException("this is no number of bytes");
              }
              return Long.valueOf(text);
            });
  }

  private Words words(Request request) {
    return new Words(new Texts(Language.of(request)), clock);
  }

  private Answer page(int status, String template, Words words, Frame frame, Object view) {
    return Answer.of(status, Answer.HTML, templates.fill(template, words.texts(), frame, view))
        .with("Vary", "Accept-Language");
  }
}
