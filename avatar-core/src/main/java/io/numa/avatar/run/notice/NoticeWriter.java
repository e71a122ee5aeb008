package io.numa.avatar.run.notice;

import io.numa.avatar.port.StatusUpdate;
import io.numa.avatar.port.journal.JournaledAttempt;
import io.numa.avatar.port.journal.TaskRecord;
import io.numa.avatar.port.money.UsedBudget;
import io.numa.avatar.port.notice.Notice;
import io.numa.avatar.port.notice.Notice.Link;
import io.numa.avatar.port.notice.NoticeEvent;
import io.numa.avatar.run.secret.Redacted;
import io.numa.avatar.run.secret.Redactor;
import io.numa.avatar.run.text.OutcomeText;
import io.numa.avatar.task.ChangeRequestReport;
import io.numa.avatar.task.Failure;
import io.numa.avatar.task.FailureKind;
import io.numa.avatar.task.TaskId;
import io.numa.avatar.task.TaskState;
import io.numa.avatar.task.WorkSummary;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Writes notices.
 *
 * @param avatar the avatar's name, for people
 * @param page the address of the avatar's page, without a slash at the end, if it has one
 * @param redactor takes secrets out of all texts
 */
public record NoticeWriter(String avatar, Optional<String> page, Redactor redactor) {
  private static final int MAX_NAME = 100;
  private static final int MAX_TITLE = 200;
  private static final int MAX_REASON = 600;
  private static final int MAX_URL = 1_000;

  /** A notice about an attempt that has an outcome; empty if none tells of such outcomes. */
  Optional<Notice> outcome(JournaledAttempt attempt, Optional<TaskRecord> record) {
    return attempt
        .latest()
        .filter(last -> last.finishedAt().isPresent())
        .flatMap(last -> outcome(attempt, last, record));
  }

  private Optional<Notice> outcome(
      JournaledAttempt attempt, StatusUpdate last, Optional<TaskRecord> record) {
    Set<NoticeEvent> events = events(last);
    if (events.isEmpty()) {
      return Optional.empty();
    }
    TaskId task = attempt.attempt().task();
    String title = record.flatMap(each -> each.line().title()).orElse("");
    return Optional.of(
        new Notice(
            "outcome " + attempt.attempt().id(),
            events,
            last.finishedAt().orElse(last.startedAt()),
            line(avatar, MAX_NAME),
            Optional.of(line(task.value(), MAX_TITLE)),
            line(title, MAX_TITLE),
            last.failure()
                .map(failure -> "failed at " + failure.stage().word())
                .orElseGet(() -> OutcomeText.done(last.work())),
            reason(last),
            links(task, last.work())));
  }

  private static Set<NoticeEvent> events(StatusUpdate last) {
    var events = EnumSet.noneOf(NoticeEvent.class);
    if (last.state() == TaskState.DONE) {
      events.add(NoticeEvent.DELIVERED);
    }
    Optional<FailureKind> kind = last.failure().map(Failure::kind);
    if (kind.isPresent()) {
      events.add(NoticeEvent.FAILED);
      kind.filter(FailureKind.DENIED::equals).ifPresent(it -> events.add(NoticeEvent.DENIED));
      kind.filter(FailureKind.AGENT_LOGIN::equals)
          .ifPresent(it -> events.add(NoticeEvent.AGENT_LOGIN));
    }
    return events;
  }

  private String reason(StatusUpdate last) {
    String text =
        last.failure()
            .map(failure -> failure.kind().word() + ": " + failure.message())
            .orElseGet(
                () -> last.work().changeRequest().flatMap(ChangeRequestReport::problem).orElse(""));
    return Redacted.of(text, redactor).shortened(MAX_REASON).toString();
  }

  private List<Link> links(TaskId task, WorkSummary work) {
    var links = new ArrayList<Link>();
    work.changeRequest()
        .flatMap(ChangeRequestReport::url)
        .filter(NoticeWriter::isAddress)
        .ifPresent(url -> links.add(new Link("change request", url)));
    page.ifPresent(
        base ->
            links.add(
                new Link(
                    "task",
                    base
                        + "/tasks/"
                        + URLEncoder.encode(task.value(), StandardCharsets.UTF_8)
                            .replace("+", "%20"))));
    return links;
  }

  /** A server chose it, and programs make a link of it. */
  private static boolean isAddress(String url) {
    return url.length() <= MAX_URL
        && url.matches("https?://[\\x21-\\x7e&&[^\"'<>()\\[\\]|\\\\`{}]]+");
  }

  /** A notice that the budget for coding agents is used up. */
  public Notice budget(UsedBudget used, Instant now) {
    return new Notice(
        String.join(
            " ",
            "budget",
            used.period().word(),
            used.begin().toString(),
            used.limit().toPlainString()),
        Set.of(NoticeEvent.BUDGET),
        now,
        line(avatar, MAX_NAME),
        Optional.empty(),
        "",
        "The agents' budget for the " + used.period().word() + " is used up",
        used.text() + ". Tasks in words wait until " + used.until() + "; plans go on.",
        page.map(base -> List.of(new Link("avatar", base + "/"))).orElse(List.of()));
  }

  private String line(String text, int limit) {
    return Redacted.of(text, redactor).line().shortened(limit).toString();
  }
}
