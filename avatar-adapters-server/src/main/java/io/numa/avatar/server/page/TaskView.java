package io.numa.avatar.server.page;

import io.numa.avatar.operation.AttemptStory;
import io.numa.avatar.operation.TaskStory;
import io.numa.avatar.operation.advice.Advice;
import io.numa.avatar.operation.advice.AdviceText;
import io.numa.avatar.port.journal.OutcomeWord;
import io.numa.avatar.port.journal.TaskDescription;
import io.numa.avatar.task.Failure;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * The story of a task.
 *
 * @param mayCancel the address that cancels it
 * @param mayRetry the address that begins another attempt
 * @param takesMessages whether a coding agent works on it now
 * @param messages the form for messages to it
 * @param attempts the last one first
 * @param cards what the last attempt has done
 */
record TaskView(
    String id,
    String name,
    Row row,
    Optional<String> mayCancel,
    Optional<String> mayRetry,
    boolean takesMessages,
    Optional<MessageForm.View> messages,
    Optional<Slot> running,
    Optional<FailureView> failure,
    List<AttemptView> attempts,
    List<Card> cards,
    Optional<LogView> log,
    Optional<ChangeView> change,
    Optional<Plan> plan) {
  private static final Set<OutcomeWord> RETRIED =
      Set.of(OutcomeWord.FAILED, OutcomeWord.UNAVAILABLE);

  /**
   * What stopped a task.
   *
   * @param kind {@code warn} if another try may succeed, else {@code final}
   */
  record FailureView(String kind, String head, String message, List<Fact> facts) {}

  /** What the task was when it was claimed. */
  record Plan(String text, boolean open) {}

  /** The parts of a page that may be left out. */
  record Parts(
      Optional<LogView> log,
      Optional<ChangeView> change,
      boolean plan,
      Optional<MessageForm> messages) {}

  static TaskView of(TaskStory story, Parts parts, Words words) {
    OutcomeWord outcome = story.line().outcome();
    Row row = Row.of(story.line(), words);
    Optional<AttemptStory> last = story.attempts().stream().reduce((earlier, later) -> later);
    return new TaskView(
        story.line().task().value(),
        words.of("task_n", story.line().task()),
        row,
        outcome.ended() ? Optional.empty() : Optional.of(order(row, "cancel")),
        RETRIED.contains(outcome) ? Optional.of(order(row, "retry")) : Optional.empty(),
        takesMessages(story),
        parts.messages().filter(form -> !outcome.ended()).map(form -> messages(form, row, story)),
        story.running().map(task -> Slot.of(task, words)),
        last.flatMap(AttemptStory::failure).map(failure -> failure(failure, words)),
        attempts(story, words),
        cards(story, last, words),
        parts.log(),
        parts.change(),
        story.description().filter(task -> parts.plan()).map(task -> plan(task, outcome)));
  }

  private static String order(Row row, String order) {
    return "/api/v1" + row.href() + "/" + order;
  }

  private static boolean takesMessages(TaskStory story) {
    return story
        .running()
        .filter(task -> task.agent().isPresent() && !task.reporting())
        .isPresent();
  }

  private static MessageForm.View messages(MessageForm form, Row row, TaskStory story) {
    return new MessageForm.View(
        row.href() + "/messages", order(row, "messages"), !takesMessages(story), form);
  }

  private static Plan plan(TaskDescription task, OutcomeWord outcome) {
    return new Plan(task.plan(), !outcome.ended());
  }

  private static FailureView failure(Failure failure, Words words) {
    Advice advice = Advice.of(failure.kind());
    Locale locale = words.texts().language().locale();
    AdviceText text = advice.text(locale);
    var facts = new ArrayList<Fact>();
    failure.exitCode().ifPresent(code -> facts.add(new Fact(words.of("exit_code"), code)));
    facts.add(new Fact(words.of("meaning"), plain(text.meaning())));
    facts.add(new Fact(words.of("owner"), advice.owner().text(locale)));
    facts.add(new Fact(words.of("look_at"), plain(text.lookAt())));
    facts.add(new Fact(words.of("another_try"), advice.anotherTry().text(locale)));
    return new FailureView(
        failure.kind().retryable() ? "warn" : "final",
        words.of("failed_in", failure.kind().word(), words.stage(failure.stage())),
        failure.message(),
        facts);
  }

  private static String plain(String sentence) {
    return sentence.replace("`", "");
  }

  private static List<AttemptView> attempts(TaskStory story, Words words) {
    var attempts =
        new ArrayList<>(
            story.attempts().stream().map(attempt -> AttemptView.of(attempt, words)).toList());
    Collections.reverse(attempts);
    return attempts;
  }

  private static List<Card> cards(TaskStory story, Optional<AttemptStory> last, Words words) {
    var cards = new ArrayList<Card>();
    last.flatMap(attempt -> attempt.record().last())
        .ifPresent(status -> cards.addAll(new Cards(words).of(status.work())));
    story
        .description()
        .ifPresent(
            task -> {
              var facts = new ArrayList<Fact>();
              facts.add(new Fact(words.of("application"), task.application()));
              task.announcedAt()
                  .ifPresent(
                      time ->
                          facts.add(new Fact(words.of("announced"), words.moment(time).exact())));
              cards.add(new Card(words.of("task"), facts, List.of()));
            });
    return cards;
  }
}
