package io.numa.avatar.followup;

import io.numa.avatar.port.PortException;
import io.numa.avatar.port.agent.CodingAgents;
import io.numa.avatar.port.journal.FollowUp;
import io.numa.avatar.port.journal.FollowUp.Item;
import io.numa.avatar.port.journal.FollowUp.State;
import io.numa.avatar.port.journal.Journal;
import io.numa.avatar.port.journal.OutcomeWord;
import io.numa.avatar.port.journal.WatchedChange;
import io.numa.avatar.port.repository.CommitChecks;
import io.numa.avatar.port.repository.Reviews;
import io.numa.avatar.run.text.OutageNotice;
import io.numa.avatar.time.Timers;
import java.time.Clock;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks from time to time at the change requests that the avatar has opened, and gives the avatar a
 * task where something is to be done. It does so only while a task and its coding agent could begin
 * at once. One thread looks; the other methods are safe for use by several threads.
 */
public final class LookOut implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(LookOut.class);

  /** How many logs of failed checks are fetched for one follow-up. */
  private static final int MAX_LOGS = 5;

  private final FollowUpAccess access;
  private final FollowUpSettings settings;
  private final WorkDesk desk;
  private final CodingAgents agents;
  private final Inspector inspector;
  private final VisitPlan plan;
  private final OutageNotice notice = new OutageNotice(log, "looking after the change requests");
  private final ScheduledExecutorService timer = Timers.daemon("avatar-follow-up");
  private Optional<Future<?>> looking = Optional.empty();

  public LookOut(
      FollowUpAccess access,
      FollowUpSettings settings,
      WorkDesk desk,
      CodingAgents agents,
      Clock clock) {
    this.access = access;
    this.settings = settings;
    this.desk = desk;
    this.agents = agents;
    this.inspector =
        new Inspector(
            access.reviews(), access.journal(), settings, new Writers(access.reviews(), clock));
    this.plan = new VisitPlan(settings.interval(), clock);
  }

  /** Begins to look, if anything is to be looked after. Call it only once. */
  public void start() {
    if (settings.isOn()) {
      long pause = settings.interval().toMillis();
      looking =
          Optional.of(
              timer.scheduleWithFixedDelay(this::lookSafely, pause, pause, TimeUnit.MILLISECONDS));
    }
  }

  private void lookSafely() {
    try {
      look();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (RuntimeException e) {
      log.error("Internal error of the look-out for change requests; it goes on", e);
    }
  }

  /** Looks at the change requests for which it is time. */
  void look() throws InterruptedException {
    List<WatchedChange> all = access.journal().watched();
    plan.keep(all.stream().map(WatchedChange::url).toList());
    for (WatchedChange change : all) {
      if (plan.isDue(change.url()) && desk.hasRoom()) {
        visit(change);
      }
    }
  }

  private void visit(WatchedChange change) throws InterruptedException {
    try {
      if (!CodingAgents.hasFree(agents)) {
        return;
      }
      if (decide(change)) {
        plan.busy(change.url());
      } else {
        plan.quiet(change.url());
      }
      notice.succeeded();
    } catch (PortException e) {
      notice.failed(e, plan.quiet(change.url()));
    }
  }

  /** Returns whether there was something to do. */
  private boolean decide(WatchedChange change) throws InterruptedException {
    Inspection now = inspector.inspect(change);
    List<FollowUp> before = journal().followUps(change.url());
    Optional<FollowUp> open = before.stream().filter(one -> one.state() == State.OPEN).findFirst();
    if (!now.review().open()) {
      open.ifPresent(one -> journal().note(one.with(State.DROPPED)));
      journal().unwatch(change.url());
      return true;
    }
    if (open.isPresent()) {
      tend(open.get(), now);
      return true;
    }
    Findings found = now.findings().withFailed(failedChecks(change, now));
    if (found.isEmpty()) {
      return false;
    }
    int attempt = found.attempt(before, now.answers());
    if (attempt > settings.attempts()) {
      giveUp(change, found, attempt);
    } else {
      begin(change, found, attempt);
    }
    return true;
  }

  /** Has a follow-up carried out that a previous process decided on, or drops it. */
  private void tend(FollowUp open, Inspection now) {
    if (desk.has(open.task())) {
      return;
    }
    Optional<OutcomeWord> ended =
        journal().record(open.task()).map(record -> record.line().outcome());
    boolean same =
        open.head().equals(now.review().head())
            && open.items().stream().noneMatch(item -> now.isAnswered(item.key()));
    if (ended.isEmpty() && same) {
      desk.offer(open.task());
    } else {
      boolean dropped = ended.isEmpty() || ended.get() == OutcomeWord.DROPPED;
      journal().note(open.with(dropped ? State.DROPPED : State.FAILED));
    }
  }

  private List<CommitChecks.Failed> failedChecks(WatchedChange change, Inspection now)
      throws InterruptedException {
    String key = Findings.checksKey(now.review().head());
    if (!settings.checks() || now.isAnswered(key) || isSettled(change, key)) {
      return List.of();
    }
    CommitChecks checks = reviews().checks(change.repository(), now.review().head());
    return checks.complete() ? checks.failed() : List.of();
  }

  private boolean isSettled(WatchedChange change, String key) {
    return journal().followUps(change.url()).stream()
        .filter(FollowUp::settles)
        .flatMap(one -> one.items().stream())
        .anyMatch(item -> item.key().equals(key));
  }

  private void begin(WatchedChange change, Findings found, int attempt)
      throws InterruptedException {
    String text = words().words(found, logs(change, found));
    FollowUp followUp = followUp(change, found, attempt, text);
    journal().note(followUp);
    log.info("Follow-up {} begins, for {}", followUp.task(), change.url());
    desk.offer(followUp.task());
  }

  private FollowUp followUp(WatchedChange change, Findings found, int attempt, String text) {
    return new FollowUp(
        FollowUpIds.next(journal(), change),
        change,
        attempt,
        found.items(),
        found.head(),
        words().title(change.title()),
        text,
        State.OPEN,
        Optional.empty());
  }

  private Map<String, String> logs(WatchedChange change, Findings found)
      throws InterruptedException {
    Map<String, String> logs = new HashMap<>();
    for (CommitChecks.Failed check : found.failed()) {
      if (check.log().isPresent() && logs.size() < MAX_LOGS) {
        String name = check.log().get();
        log(change, name).ifPresent(text -> logs.put(name, text));
      }
    }
    return logs;
  }

  /** A log that cannot be had is no reason to do nothing. */
  private Optional<String> log(WatchedChange change, String name) throws InterruptedException {
    try {
      return reviews().logEnd(change.repository(), name);
    } catch (PortException e) {
      log.info("A check's log is missing in a follow-up: {}", e.getMessage());
      return Optional.empty();
    }
  }

  private void giveUp(WatchedChange change, Findings found, int attempt)
      throws InterruptedException {
    FollowUp left = followUp(change, found, attempt, "").with(State.LEFT);
    var answers = new AnswerText(access.redactor());
    for (Item item : left.items()) {
      reviews()
          .answer(change.repository(), change.url(), item.thread(), answers.givenUp(left, item));
    }
    journal().note(left);
    log.info("No more follow-ups for {}, after {}", change.url(), settings.attempts());
  }

  private FollowUpText words() {
    return new FollowUpText(access.redactor());
  }

  private Journal journal() {
    return access.journal();
  }

  private Reviews reviews() {
    return access.reviews();
  }

  /** Ends the looking; a look that is under way is interrupted. */
  @Override
  public void close() {
    looking.ifPresent(future -> future.cancel(true));
    timer.shutdownNow();
  }
}
