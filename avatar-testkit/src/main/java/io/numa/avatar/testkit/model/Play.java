package io.numa.avatar.testkit.model;

import io.numa.avatar.testkit.model.Answer.Delivery.AtOnce;
import io.numa.avatar.testkit.model.Answer.Delivery.BrokenOff;
import io.numa.avatar.testkit.model.Answer.Delivery.Slowly;
import io.numa.avatar.testkit.model.ModelAction.BreaksOff;
import io.numa.avatar.testkit.model.ModelAction.Fails;
import io.numa.avatar.testkit.model.ModelAction.Says;
import io.numa.avatar.testkit.model.ModelAction.Trickles;
import io.numa.avatar.testkit.model.ModelAction.UsesTool;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;

/** A script with what was played of it. Safe for use by several threads. */
final class Play {
  private final ReentrantLock lock = new ReentrantLock();
  private final ModelScript script;
  private final List<String> prompts = new ArrayList<>();
  private final Map<Position, Integer> failures = new HashMap<>();

  private record Position(int prompt, int action) {}

  /** What the model does with a request. */
  sealed interface Step {
    /**
     * It answers.
     *
     * @param tools at most one
     */
    record Speaks(String text, List<UsesTool> tools, Answer.Delivery delivery) implements Step {
      static Speaks once(String text) {
        return new Speaks(text, List.of(), new AtOnce());
      }
    }

    record Refuses(Fails failure) implements Step {}

    record Waits() implements Step {}
  }

  Play(ModelScript script) {
    this.script = script;
  }

  boolean isFor(Conversation conversation) {
    return script.playsFor(conversation);
  }

  /** Chooses what to do, and counts a failure. */
  Step next(Conversation conversation) {
    lock.lock();
    try {
      int prompt = number(conversation.promptKey());
      return next(prompt, script.actions(prompt), conversation.results());
    } finally {
      lock.unlock();
    }
  }

  private int number(String prompt) {
    if (!prompts.contains(prompt)) {
      prompts.add(prompt);
    }
    return prompts.indexOf(prompt);
  }

  private Step next(int prompt, List<ModelAction> actions, int results) {
    int done = results;
    StringBuilder words = new StringBuilder();
    for (int i = 0; i < actions.size(); i++) {
      ModelAction action = actions.get(i);
      if (action instanceof UsesTool tool) {
        if (done == 0) {
          return new Step.Speaks(words.toString(), List.of(tool), new AtOnce());
        }
        done--;
        words.setLength(0);
      } else if (action instanceof Says says) {
        words.append(says.text());
      } else if (done == 0 && !isOver(action, new Position(prompt, i))) {
        return interruption(action);
      }
    }
    return Step.Speaks.once(words.isEmpty() ? "Done." : words.toString());
  }

  private boolean isOver(ModelAction action, Position position) {
    return action instanceof Fails fails
        && failures.merge(position, 1, Integer::sum) > fails.times();
  }

  private static Step interruption(ModelAction action) {
    if (action instanceof Fails fails) {
      return new Step.Refuses(fails);
    }
    if (action instanceof Trickles trickle) {
      return speak("One more piece. ".repeat(trickle.pieces()), new Slowly(trickle.gap()));
    }
    return action instanceof BreaksOff
        ? speak("This answer breaks off in its midst.", new BrokenOff())
        : new Step.Waits();
  }

  private static Step speak(String text, Answer.Delivery delivery) {
    return new Step.Speaks(text, List.of(), delivery);
  }
}
