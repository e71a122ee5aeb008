package io.numa.avatar.agent.gateway.internal.dialect;

import java.util.Optional;
import java.util.Set;

/**
 * What the gateway must know of a request's body.
 *
 * @param models the models that it names
 * @param maxOutput the most tokens that the answer may have; 0 if it does not say
 * @param usageEdit what makes the host state the usage, if it would not otherwise
 * @param noteSpot where a note fits; empty if the newest message is the model's own
 */
public record RequestOutline(
    Set<String> models,
    Set<Trait> traits,
    long maxOutput,
    Optional<Edit> usageEdit,
    Optional<NoteSpot> noteSpot) {
  public RequestOutline {
    models = Set.copyOf(models);
    traits = Set.copyOf(traits);
  }

  /** What a request may ask for. */
  public enum Trait {
    STREAM,
    /** An answer that is fetched later, and so is not counted. */
    BACKGROUND,
    /** It offers tools, as an agent's main requests do; those for titles and summaries do not. */
    TOOLS,
    /** The host adds earlier messages that it keeps, so the prompt is longer than the body. */
    HISTORY
  }

  public boolean has(Trait trait) {
    return traits.contains(trait);
  }
}
