package io.numa.avatar.run.agent;

import io.numa.avatar.port.Attempt;
import io.numa.avatar.port.PortException;
import io.numa.avatar.port.journal.SteeringJournal;
import io.numa.avatar.run.secret.Redacted;
import io.numa.avatar.run.secret.Redactor;
import io.numa.avatar.task.TaskId;
import io.numa.avatar.task.agent.SteeringMessage;
import io.numa.avatar.task.agent.SteeringReport;
import io.numa.avatar.text.CleanText;
import io.numa.avatar.time.Waiter;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What people tell the coding agents of one attempt. All of it is in the journal: what was accepted
 * reaches an agent of this attempt, or of a later one. Safe for use by several threads.
 */
public final class AgentInbox implements AutoCloseable {
  /** The most messages that may wait for an agent. */
  static final int MAX_WAITING = 64;

  /** The most messages of a task. */
  static final int MAX_KEPT = 500;

  private static final Logger log = LoggerFactory.getLogger(AgentInbox.class);

  /** The beginning of the ids of messages from the task's source. */
  private static final String SOURCE = "source:";

  private static final String OVER = "its change is being delivered";

  /** The most characters of new messages in one prompt, and the most of others. */
  private static final int MAX_PROMPT = 64 * 1024;

  private static final int MAX_AUTHOR = 100;
  private static final int MAX_SHOWN = 300;

  private final Steering steering;
  private final Attempt attempt;
  private final SteeringJournal journal;
  private final Redactor redactor;
  private final Consumer<String> say;
  private final Waiter news = new Waiter();

  /** Why the attempt takes no messages. */
  private Optional<String> refusal = Optional.empty();

  private boolean over;
  private boolean full;
  private volatile Optional<SteeringReport> report = Optional.empty();
  private volatile Consumer<String> watcher = newest -> {};

  AgentInbox(
      Steering steering,
      Attempt attempt,
      SteeringJournal journal,
      Redactor redactor,
      Consumer<String> say) {
    this.steering = steering;
    this.attempt = attempt;
    this.journal = journal;
    this.redactor = redactor;
    this.say = say;
    count(all());
  }

  TaskId task() {
    return attempt.task();
  }

  /** Takes no messages until {@link #takesMessages}. */
  public synchronized void takesNone(String reason) {
    refusal = Optional.of(reason);
  }

  /** Takes messages, unless the attempt has been told that there are no more. */
  synchronized void takesMessages() {
    if (!over) {
      refusal = Optional.empty();
    }
  }

  /** Accepts a message; returns why the attempt takes none, or else empty. */
  synchronized Optional<String> accept(SteeringMessage raw) {
    if (refusal.isPresent()) {
      return refusal;
    }
    SteeringList all = all();
    Optional<String> tooMany = tooMany(all);
    if (tooMany.isEmpty()) {
      SteeringMessage message = shown(raw);
      if (message.text().isEmpty()) {
        return Optional.of("the message has no text that can be seen");
      }
      if (journal.steer(task(), message)) {
        count(all());
        say.accept(announcement(message));
        watcher.accept("message of " + message.author() + ": " + firstWords(message));
        news.wake();
      }
    }
    return tooMany;
  }

  private static Optional<String> tooMany(SteeringList all) {
    if (all.waiting().size() >= MAX_WAITING) {
      return Optional.of(
          MAX_WAITING + " messages wait for its agent; send more when the agent has got them");
    }
    return all.size() < MAX_KEPT
        ? Optional.empty()
        : Optional.of("it has had " + MAX_KEPT + " messages, and takes no more");
  }

  /**
   * Accepts those messages of the task's source that are new; the rest later, if it is too much.
   */
  public synchronized void offer(List<SteeringMessage> messages) {
    if (refusal.isPresent() || messages.isEmpty()) {
      return;
    }
    Set<String> known = all().ids();
    for (SteeringMessage given : messages) {
      // The source could have the id that another sender's message has.
      var message = new SteeringMessage(SOURCE + given.id(), given.author(), given.text());
      boolean skipped =
          known.contains(message.id()) || CleanText.of(message.text()).text().isBlank();
      Optional<String> refused = skipped ? Optional.empty() : accept(message);
      if (refused.isPresent()) {
        if (!full) {
          say.accept("further messages of the task are left for later: " + refused.get());
        }
        full = true;
        return;
      }
    }
  }

  private SteeringMessage shown(SteeringMessage raw) {
    String author = Redacted.of(raw.author(), redactor).line().shortened(MAX_AUTHOR).toString();
    return new SteeringMessage(
        raw.id(),
        author.isEmpty() ? SteeringMessage.NO_AUTHOR : author,
        Redacted.of(raw.text(), redactor).toString().strip());
  }

  /** Its lines after the first are set in, so that none passes for a line of the avatar. */
  private static String announcement(SteeringMessage message) {
    String text = message.text();
    String shown = text.contains("\n") ? "\n" + text.indent(4).stripTrailing() : " " + text;
    return "message of " + message.author() + ":" + shown;
  }

  private String firstWords(SteeringMessage message) {
    return Redacted.of(message.text(), redactor).line().shortened(MAX_SHOWN).toString();
  }

  /** Tells {@code newest} of what comes and is delivered, until another one is told. */
  void watchedBy(Consumer<String> newest) {
    watcher = newest;
  }

  /** What was accepted and delivered so far; empty if nothing was. */
  Optional<SteeringReport> report() {
    return report;
  }

  private void count(SteeringList all) {
    report =
        all.newest()
            .map(
                newest ->
                    new SteeringReport(
                        all.size(), all.delivered().size(), newest.author(), firstWords(newest)));
  }

  /** Whether a message waits for an agent. */
  boolean isWaiting() {
    return next().isPresent();
  }

  /** The message that has waited longest. */
  Optional<SteeringMessage> next() {
    return all().waiting().stream().findFirst();
  }

  /** Waits until there may be a new message, or until {@link #wake}. */
  void awaitNews(Duration limit) throws InterruptedException {
    boolean ignored = news.pause(limit);
  }

  void wake() {
    news.wake();
  }

  /** Notes that the agent has got a message in its running turn. */
  void delivered(SteeringMessage message) {
    deliver(message);
    tell("the agent has got the message of " + message.author() + " in its turn");
  }

  /**
   * The messages that a prompt has to hold. They count as delivered.
   *
   * @param remembers whether the agent knows the messages that were delivered in this attempt
   */
  synchronized List<SteeringMessage> take(boolean remembers) {
    SteeringList all = all();
    List<SteeringMessage> waiting = SteeringList.first(MAX_PROMPT, all.waiting());
    var given =
        new ArrayList<>(remembers ? List.of() : SteeringList.last(MAX_PROMPT, all.delivered()));
    given.addAll(waiting);
    waiting.forEach(this::deliver);
    if (!waiting.isEmpty()) {
      tell("the agent gets with its prompt: " + counted(waiting.size()));
    }
    return given;
  }

  private synchronized void deliver(SteeringMessage message) {
    journal.steered(task(), message.id(), attempt.id());
    count(all());
  }

  private void tell(String sentence) {
    say.accept(sentence);
    watcher.accept(sentence);
  }

  private static String counted(int messages) {
    return messages == 1 ? "1 message" : messages + " messages";
  }

  private SteeringList all() {
    return new SteeringList(journal.steering(task()));
  }

  /**
   * Takes no more messages, if none waits. From then on the agent is told nothing more.
   *
   * @return whether none waits
   */
  public synchronized boolean endIfEmpty() {
    boolean empty = refusal.isPresent() || !isWaiting();
    if (empty) {
      over = true;
      refusal = refusal.or(() -> Optional.of(OVER));
    }
    return empty;
  }

  /** Takes no more messages. Those that wait stay in the journal. */
  @Override
  public void close() {
    steering.closed(this);
    synchronized (this) {
      over = true;
      refusal = Optional.of(Steering.NO_AGENT);
    }
    try {
      int waiting = all().waiting().size();
      if (waiting > 0) {
        say.accept("not delivered to the agent: " + counted(waiting));
      }
    } catch (PortException e) {
      log.warn("Could not look for messages to task {}: {}", task(), e.getMessage());
    }
  }
}
