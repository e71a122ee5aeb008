package io.numa.avatar.run.history;

import static java.util.Comparator.comparing;

import io.numa.avatar.port.StatusUpdate;
import io.numa.avatar.port.journal.AttemptRecord;
import io.numa.avatar.port.journal.JournaledAttempt;
import io.numa.avatar.port.journal.OpenWork;
import io.numa.avatar.port.journal.OutcomeWord;
import io.numa.avatar.port.journal.TaskDescription;
import io.numa.avatar.port.journal.TaskLine;
import io.numa.avatar.port.journal.TaskPage;
import io.numa.avatar.port.journal.TaskQuery;
import io.numa.avatar.port.journal.TaskRecord;
import io.numa.avatar.port.journal.TaskResult;
import io.numa.avatar.task.AttemptId;
import io.numa.avatar.task.TaskId;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** The tasks of a journal in memory, to show them. Not thread-safe. */
public final class RememberedTasks {
  private static final Comparator<TaskLine> NEWEST_FIRST =
      comparing((TaskLine line) -> line.startedAt().orElseThrow())
          .thenComparing(line -> line.task().value())
          .reversed();

  private final Map<TaskId, TaskLine> lines = new LinkedHashMap<>();
  private final Map<TaskId, TaskDescription> descriptions = new LinkedHashMap<>();
  private final Map<AttemptId, Ended> ended = new LinkedHashMap<>();

  private record Ended(TaskId task, AttemptRecord attempt) {}

  /** An attempt was claimed. */
  public void claimed(TaskId task, Optional<TaskDescription> description, Instant startedAt) {
    descriptions.remove(task);
    description.ifPresent(given -> descriptions.put(task, given));
    lines.put(
        task,
        new TaskLine(
            task,
            description.map(TaskDescription::title),
            description.map(TaskDescription::branch),
            OutcomeWord.RUNNING,
            Optional.of(milliseconds(startedAt)),
            Optional.empty(),
            0,
            Optional.empty()));
  }

  /** An attempt has an outcome. */
  public void ended(TaskId task, StatusUpdate last) {
    end(
        task,
        OutcomeWord.of(last),
        last.finishedAt().orElseThrow(),
        Optional.of(TaskResult.of(last)));
  }

  private void end(TaskId task, OutcomeWord word, Instant at, Optional<TaskResult> result) {
    lines.computeIfPresent(
        task,
        (id, line) ->
            new TaskLine(
                id,
                line.title(),
                line.branch(),
                word,
                line.startedAt(),
                Optional.of(milliseconds(at)),
                0,
                result));
  }

  /**
   * An attempt needs no more work and no more reports.
   *
   * @param at empty if another attempt follows
   */
  public void settled(JournaledAttempt attempt, Optional<Instant> at) {
    if (!attempt.claimed()) {
      return;
    }
    TaskId task = attempt.attempt().task();
    var record =
        new AttemptRecord(
            attempt.attempt().id(),
            attempt.number(),
            attempt.latest(),
            at.map(RememberedTasks::milliseconds),
            at.isEmpty(),
            0);
    ended.put(record.attempt(), new Ended(task, record));
    boolean dropped = lines.containsKey(task) && lines.get(task).outcome() == OutcomeWord.RUNNING;
    if (dropped && at.isPresent()) {
      end(task, OutcomeWord.DROPPED, at.get(), Optional.empty());
    }
  }

  /** Forgets ended attempts, and their task unless there are others. */
  public void forget(TaskId task, List<AttemptId> attempts, boolean open) {
    attempts.forEach(ended::remove);
    if (!open && ended.values().stream().noneMatch(each -> each.task().equals(task))) {
      lines.remove(task);
      descriptions.remove(task);
    }
  }

  /**
   * A page of the tasks.
   *
   * @param waiting the tasks that wait, the last announced one first
   */
  public TaskPage page(TaskQuery query, List<TaskId> waiting, List<JournaledAttempt> open) {
    var all = new ArrayList<TaskLine>();
    if (query.since().isEmpty()) {
      waiting.stream().map(TaskLine::waiting).forEach(all::add);
    }
    lines.values().stream()
        .filter(line -> !line.startedAt().orElseThrow().isBefore(query.since().orElse(Instant.MIN)))
        .sorted(NEWEST_FIRST)
        .map(line -> counted(line, open))
        .forEach(all::add);
    List<TaskLine> wanted = all.stream().filter(line -> wants(query, line)).toList();
    int from = query.after().map(after -> place(wanted, after)).orElse(0);
    int to = Math.min(wanted.size(), from + query.limit());
    return new TaskPage(
        wanted.subList(from, to),
        to < wanted.size() ? Optional.of(cursor(wanted.get(to - 1))) : Optional.empty());
  }

  private static boolean wants(TaskQuery query, TaskLine line) {
    String part = query.text().orElse("").toLowerCase(Locale.ROOT);
    return query.wants(line.outcome())
        && Stream.of(Optional.of(line.task().value()), line.title(), line.branch())
            .flatMap(Optional::stream)
            .anyMatch(text -> text.toLowerCase(Locale.ROOT).contains(part));
  }

  private static String cursor(TaskLine line) {
    return line.startedAt().map(Instant::toEpochMilli).orElse(Long.MAX_VALUE) + ":" + line.task();
  }

  private static int place(List<TaskLine> wanted, String after) {
    if (!after.matches("\\d+:.+")) {
      throw new IllegalArgumentException("not a page of this journal: '" + after + "'");
    }
    int place = 0;
    while (place < wanted.size() && !cursor(wanted.get(place)).equals(after)) {
      place++;
    }
    return Math.min(place + 1, wanted.size());
  }

  /** All that is kept of a task. */
  public Optional<TaskRecord> record(
      TaskId task, List<TaskId> waiting, List<JournaledAttempt> open) {
    return Optional.ofNullable(lines.get(task))
        .map(
            line ->
                new TaskRecord(
                    counted(line, open),
                    Optional.ofNullable(descriptions.get(task)),
                    attempts(task, open).toList()))
        .or(
            () ->
                waiting.contains(task) ? Optional.of(TaskRecord.waiting(task)) : Optional.empty());
  }

  /** What is still to be done. */
  public static OpenWork openWork(
      List<TaskId> waiting, List<JournaledAttempt> open, Optional<Instant> pausedSince) {
    List<OpenWork.OpenAttempt> attempts =
        open.stream()
            .filter(JournaledAttempt::claimed)
            .map(
                each ->
                    new OpenWork.OpenAttempt(
                        each.attempt().task(),
                        each.attempt().id(),
                        each.number(),
                        each.ended(),
                        record(each).reportsWaiting(),
                        each.acknowledged()))
            .toList();
    return new OpenWork(waiting.size(), attempts, pausedSince);
  }

  private TaskLine counted(TaskLine line, List<JournaledAttempt> open) {
    return new TaskLine(
        line.task(),
        line.title(),
        line.branch(),
        line.outcome(),
        line.startedAt(),
        line.endedAt(),
        (int) attempts(line.task(), open).count(),
        line.result());
  }

  private Stream<AttemptRecord> attempts(TaskId task, List<JournaledAttempt> open) {
    Stream<AttemptRecord> before =
        ended.values().stream().filter(each -> each.task().equals(task)).map(Ended::attempt);
    Stream<AttemptRecord> now =
        open.stream()
            .filter(each -> each.claimed() && each.attempt().task().equals(task))
            .map(RememberedTasks::record);
    return Stream.concat(before, now);
  }

  private static AttemptRecord record(JournaledAttempt open) {
    int waiting = (int) open.reports().stream().filter(report -> !report.told()).count();
    return new AttemptRecord(
        open.attempt().id(), open.number(), open.latest(), Optional.empty(), false, waiting);
  }

  private static Instant milliseconds(Instant time) {
    return time.truncatedTo(ChronoUnit.MILLIS);
  }
}
