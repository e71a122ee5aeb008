package io.numa.avatar.agent.turn;

import io.numa.avatar.port.agent.AgentEvents;
import io.numa.avatar.port.agent.AgentLimit;
import io.numa.avatar.port.agent.AgentTool;
import io.numa.avatar.port.agent.AgentTurn;
import io.numa.avatar.task.agent.AgentUsage;
import io.numa.avatar.time.Waiter;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A turn of an agent. The thread that prompts waits for its end; other threads tell what happens.
 */
public final class Turn {
  private final Conversation conversation;
  private final TurnClock clock;
  private final Spending spending;
  private final ToolCalls tools = new ToolCalls();
  private final LoopBreaker loop = new LoopBreaker();
  private final LastMessage message = new LastMessage();
  private final Waiter waiter = new Waiter();

  /** What the agent is to be told. */
  private final Queue<String> untold = new ConcurrentLinkedQueue<>();

  private @Nullable Ending ending;
  private boolean refused;

  Turn(Conversation conversation, TurnClock clock, Spending spending) {
    this.conversation = conversation;
    this.clock = clock;
    this.spending = spending;
  }

  /** The agent said a piece of a message. */
  public void said(String text) {
    happened(
        () -> {
          message.append(text);
          tell(events -> events.said(text));
        });
  }

  /** What the agent says next is another message. */
  public void endMessage() {
    happened(message::end);
  }

  public void thought(String text) {
    happened(() -> tell(events -> events.thought(text)));
  }

  public void planned(List<String> entries) {
    happened(() -> tell(events -> events.planned(entries)));
  }

  /** The agent sent something that is no news. */
  public void livesOn() {
    happened(() -> {});
  }

  /** The agent told of a tool call. */
  public void saw(ToolSighting sighting) {
    happened(
        () -> {
          message.end();
          long before = tools.begun();
          ToolCalls.Seen seen = tools.see(sighting);
          clock.sign(seen.tool());
          refused |= seen.tool().state() == AgentTool.State.REFUSED;
          if (seen.news()) {
            tell(events -> events.tool(seen.tool()));
          }
          if (tools.begun() > before) {
            AgentUsage used = spending.newest(tools);
            tell(events -> events.used(used));
            spending.reached(tools).ifPresent(this::end);
          }
          if (seen.ends()) {
            breakLoop(seen.tool(), loop.count(seen.fingerprint()));
          }
          // Another clock may run out first now.
          waiter.wake();
        });
  }

  /** Whether the turn has not ended. */
  public boolean running() {
    return conversation.read(() -> ending == null);
  }

  /** Whether the agent was refused something in this turn. */
  public boolean refused() {
    return conversation.read(() -> refused);
  }

  /** Ends the turn, unless it has ended. */
  public void end(Ending reason) {
    conversation.locked(
        () -> {
          if (ending == null) {
            ending = reason;
            waiter.wake();
          }
        });
  }

  /**
   * Waits for the end of the turn, and says why it ended.
   *
   * @throws InterruptedException if the thread was interrupted
   */
  public Ending await() throws InterruptedException {
    Optional<Ending> end = ended();
    while (end.isEmpty()) {
      tellAgent();
      boolean ignored = waiter.pause(conversation.read(clock::untilNext));
      end = ended();
    }
    return end.get();
  }

  /** The result of the turn that has ended. */
  public AgentTurn result(Ending reason) {
    AgentUsage session = spending.session();
    return conversation.read(
        () -> reason.turn().apply(message.text(), spending.ofTurn(session, tools)));
  }

  /** The gateway counted an answer. */
  void used(AgentUsage session) {
    clock.sign();
    spending.count(session);
    AgentUsage used = spending.newest(tools);
    tell(events -> events.used(used));
    spending.warns(used).ifPresent(limit -> warn(limit == AgentLimit.TOKENS ? "tokens" : "money"));
  }

  void exhausted(AgentLimit limit) {
    end(spending.ending(limit));
  }

  private Optional<Ending> ended() {
    conversation.locked(
        () -> {
          if (clock.warns()) {
            warn("time");
          }
          clock.reached().ifPresent(this::end);
        });
    return conversation.read(() -> Optional.ofNullable(ending));
  }

  private void breakLoop(AgentTool tool, int times) {
    if (times == LoopBreaker.TELL) {
      tellLater(
          "You called the tool '"
              + tool.title()
              + "' three times with the same arguments, and it gave the same result. Try another"
              + " way, or end your turn and say what stops you.");
    } else if (times >= LoopBreaker.END) {
      end(
          Ending.limit(
              AgentLimit.LOOP,
              String.format(
                  Locale.ROOT,
                  "it called the tool '%s' five times with the same arguments and the same result",
                  tool.title())));
    }
  }

  private void warn(String what) {
    tellLater(
        "Four fifths of your "
            + what
            + " are used up. Bring your work to an end, and leave it whole.");
  }

  private void tellLater(String text) {
    untold.add(text);
    waiter.wake();
  }

  /** On the thread that waits, which holds no lock. */
  private void tellAgent() {
    for (String text = untold.poll(); text != null; text = untold.poll()) {
      boolean told = conversation.steer(text);
      conversation.noted(
          (told ? "the agent was told: " : "the agent takes no messages; it was not told: ")
              + text);
    }
  }

  private void tell(Consumer<AgentEvents> call) {
    conversation.tell(call);
  }

  private void happened(Runnable event) {
    conversation.locked(
        () -> {
          clock.sign();
          event.run();
        });
  }
}
