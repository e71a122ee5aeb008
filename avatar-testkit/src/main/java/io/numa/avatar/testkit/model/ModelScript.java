package io.numa.avatar.testkit.model;

import java.util.ArrayList;
import java.util.List;

/**
 * What a model does on each prompt of a person. Immutable.
 *
 * <p>Prompts are numbered in the order in which the server first sees them, in all conversations
 * that play the script. The repetition of a request, and a request with results of tools, belong to
 * the same prompt. After the last action of a prompt, and on prompts beyond the last one, the model
 * says "Done."
 *
 * <p>Agents also ask for titles and summaries, and offer no tools then. Such requests get a short
 * text, and do not count as prompts, unless the script is {@link #alsoWithoutTools()}.
 */
public final class ModelScript {
  private final List<List<ModelAction>> prompts;
  private final Repetition repetition;
  private final Audience audience;

  /** What a prompt beyond the script's last one gets. */
  private enum Repetition {
    NONE,
    LAST_PROMPT
  }

  /** The requests that play the script. */
  private enum Audience {
    WITH_TOOLS,
    ALL
  }

  private ModelScript(List<List<ModelAction>> prompts, Repetition repetition, Audience audience) {
    this.prompts = List.copyOf(prompts);
    this.repetition = repetition;
    this.audience = audience;
  }

  /** Does these actions on the first prompt. */
  public static ModelScript first(ModelAction... actions) {
    return new ModelScript(List.of(List.of(actions)), Repetition.NONE, Audience.WITH_TOOLS);
  }

  /** Does these actions on every prompt. */
  public static ModelScript always(ModelAction... actions) {
    return new ModelScript(List.of(List.of(actions)), Repetition.LAST_PROMPT, Audience.WITH_TOOLS);
  }

  /** Does these actions on the prompt after the last one so far. */
  public ModelScript then(ModelAction... actions) {
    List<List<ModelAction>> more = new ArrayList<>(prompts);
    more.add(List.of(actions));
    return new ModelScript(more, repetition, audience);
  }

  /** Also plays for requests that offer no tools, such as those of a plain client. */
  public ModelScript alsoWithoutTools() {
    return new ModelScript(prompts, repetition, Audience.ALL);
  }

  boolean playsFor(Conversation conversation) {
    return audience == Audience.ALL || !conversation.tools().isEmpty();
  }

  /** The actions of the prompt with this number; the first is 0. */
  List<ModelAction> actions(int prompt) {
    if (prompt < prompts.size()) {
      return prompts.get(prompt);
    }
    return repetition == Repetition.LAST_PROMPT ? prompts.get(prompts.size() - 1) : List.of();
  }
}
