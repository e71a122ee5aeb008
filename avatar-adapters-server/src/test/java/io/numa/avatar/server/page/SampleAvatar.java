package io.numa.avatar.server.page;

import io.numa.avatar.operation.AttemptStory;
import io.numa.avatar.operation.AvatarStatus;
import io.numa.avatar.operation.BackendContact;
import io.numa.avatar.operation.Controls;
import io.numa.avatar.operation.Health;
import io.numa.avatar.operation.LogPart;
import io.numa.avatar.operation.OperationEvent;
import io.numa.avatar.operation.OperationEvents;
import io.numa.avatar.operation.Overview;
import io.numa.avatar.operation.ReportBacklog;
import io.numa.avatar.operation.Retry;
import io.numa.avatar.operation.RunState;
import io.numa.avatar.operation.RunningTask;
import io.numa.avatar.operation.SpendingReport;
import io.numa.avatar.operation.TaskStory;
import io.numa.avatar.operation.Waiting;
import io.numa.avatar.port.journal.OutcomeWord;
import io.numa.avatar.port.journal.TaskLine;
import io.numa.avatar.port.journal.TaskPage;
import io.numa.avatar.port.journal.TaskQuery;
import io.numa.avatar.run.guard.DiskSpace;
import io.numa.avatar.run.history.LogSearch;
import io.numa.avatar.task.AttemptId;
import io.numa.avatar.task.TaskId;
import io.numa.avatar.task.agent.SteeringMessage;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

/** An avatar that shows what a test gives it, and notes the orders that it gets. */
final class SampleAvatar implements Overview, Controls {
  final OperationEvents events = new OperationEvents();
  final List<String> orders = new CopyOnWriteArrayList<>();

  /** Why tasks take no messages. */
  Optional<String> refusal = Optional.empty();

  final Map<TaskId, TaskStory> stories = new ConcurrentHashMap<>();
  final Map<AttemptId, String> logs = new ConcurrentHashMap<>();
  final Map<TaskId, String> changes = new ConcurrentHashMap<>();

  /** How often a task or its log was asked for. */
  final AtomicInteger readings = new AtomicInteger();

  private final Instant now;
  volatile RunState state = RunState.RUNNING;
  volatile List<Waiting> why = List.of();
  volatile List<String> agents = List.of("qwen", "claude");

  SampleAvatar(Instant now) {
    this.now = now;
  }

  void add(TaskStory story) {
    stories.put(story.line().task(), story);
  }

  @Override
  public AvatarStatus status() {
    var disks =
        List.of(
            new DiskSpace(
                Path.of("/var/lib/numa-avatar"), 61_000_000_000L, 252_000_000_000L, 1_000_000_000L),
            new DiskSpace(Path.of("/srv/work"), 900_000_000L, 40_000_000_000L, 1_000_000_000L));
    return new AvatarStatus(
        new AvatarStatus.Identity(
            "build-07",
            "tasks",
            "0.1.0",
            Optional.of("https://numa.example.com"),
            "egress",
            agents),
        state,
        Optional.of(now.minusSeconds(3 * 86_400 + 100)),
        3,
        running(),
        2,
        why,
        BackendContact.NONE.reached(now.minusSeconds(4)),
        disks,
        new ReportBacklog(1, 123_456, 1));
  }

  private List<RunningTask> running() {
    return newest().stream()
        .flatMap(story -> story.running().stream())
        .sorted(Comparator.comparing(RunningTask::startedAt))
        .toList();
  }

  private List<TaskStory> newest() {
    var all = new ArrayList<>(stories.values());
    all.sort(
        (one, other) ->
            other.line().startedAt().orElse(now).compareTo(one.line().startedAt().orElse(now)));
    return all;
  }

  @Override
  public Health health() {
    return new Health(List.of(), why);
  }

  @Override
  public TaskPage tasks(TaskQuery query) {
    List<TaskLine> all =
        newest().stream()
            .map(TaskStory::line)
            .filter(line -> query.wants(line.outcome()) && matches(line, query))
            .toList();
    int from = query.after().map(Integer::parseInt).orElse(0);
    int to = Math.min(all.size(), from + query.limit());
    return new TaskPage(
        all.subList(from, to),
        to < all.size() ? Optional.of(Integer.toString(to)) : Optional.empty());
  }

  private static boolean matches(TaskLine line, TaskQuery query) {
    String all = line.task() + " " + line.title().orElse("") + " " + line.branch().orElse("");
    return query
        .text()
        .map(text -> all.toLowerCase(Locale.ROOT).contains(text.toLowerCase(Locale.ROOT)))
        .orElse(true);
  }

  @Override
  public Optional<TaskStory> task(TaskId task) {
    readings.incrementAndGet();
    return Optional.ofNullable(stories.get(task)).map(this::withLogSizes);
  }

  private TaskStory withLogSizes(TaskStory story) {
    return new TaskStory(
        story.line(),
        story.description(),
        story.attempts().stream()
            .map(each -> new AttemptStory(each.record(), each.outcome(), log(each).length))
            .toList(),
        story.running());
  }

  private byte[] log(AttemptStory attempt) {
    return logs.getOrDefault(attempt.attempt(), "").getBytes(StandardCharsets.UTF_8);
  }

  @Override
  public Optional<LogPart> log(TaskId task, Optional<AttemptId> wanted, long offset, int most) {
    return task(task).stream()
        .flatMap(story -> story.attempts().stream())
        .filter(each -> wanted.map(each.attempt()::equals).orElse(true))
        .reduce((earlier, later) -> later)
        .map(attempt -> part(attempt, offset, most));
  }

  private LogPart part(AttemptStory attempt, long offset, int most) {
    byte[] all = log(attempt);
    int from = (int) Math.min(offset, all.length);
    int to = (int) Math.min(all.length, from + (long) most);
    return new LogPart(
        attempt.attempt(),
        from,
        to,
        all.length,
        attempt.outcome() == OutcomeWord.RUNNING,
        new String(all, from, to - from, StandardCharsets.UTF_8));
  }

  @Override
  public Optional<LogSearch.Result> find(
      TaskId task, Optional<AttemptId> wanted, String text, long from) {
    var hits = new ArrayList<LogSearch.Hit>();
    LogPart log = log(task, wanted, from, Integer.MAX_VALUE / 2).orElseThrow();
    long offset = log.offset();
    for (String line : log.text().split("(?<=\\n)", -1)) {
      if (hits.size() == HITS) {
        return Optional.of(new LogSearch.Result(hits, Optional.of(offset)));
      }
      if (line.toLowerCase(Locale.ROOT).contains(text.toLowerCase(Locale.ROOT))) {
        hits.add(new LogSearch.Hit(offset, line.strip()));
      }
      offset += line.getBytes(StandardCharsets.UTF_8).length;
    }
    return Optional.of(new LogSearch.Result(hits, Optional.empty()));
  }

  @Override
  public SpendingReport spending(SpendingReport.By by, LocalDate from) {
    return new SpendingReport(by, from, List.of());
  }

  @Override
  public Optional<String> change(TaskId task) {
    return Optional.ofNullable(changes.get(task));
  }

  @Override
  public void pause() {
    order("pause", RunState.PAUSED, List.of(Waiting.paused(now)));
  }

  @Override
  public void resume() {
    order("resume", RunState.RUNNING, List.of());
  }

  @Override
  public void drain() {
    order("drain", RunState.DRAINING, List.of(Waiting.of(Waiting.Kind.DRAINING, "it ends")));
  }

  private void order(String order, RunState newState, List<Waiting> reasons) {
    state = newState;
    why = reasons;
    orders.add(order);
    events.publish(new OperationEvent.Changed());
  }

  @Override
  public boolean cancel(TaskId task) {
    orders.add("cancel " + task);
    return stories.containsKey(task);
  }

  @Override
  public Optional<String> say(TaskId task, SteeringMessage message) {
    if (refusal.isEmpty()) {
      orders.add("say " + task + " " + message.author() + ": " + message.text());
    }
    return refusal;
  }

  @Override
  public Retry retry(TaskId task) {
    orders.add("retry " + task);
    return Retry.BEGUN;
  }
}
