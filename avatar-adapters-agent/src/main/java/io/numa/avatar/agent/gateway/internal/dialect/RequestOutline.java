package io.numa.avatar.agent.gateway.internal.dialect;

import java.util.Optional;
import java.util.Set;

/**
 * What the gateway must know of a request's body.
 *
 * @param models the models that it names
 * @param inBackground whether it asks for an answer that is fetched later, which is not counted
 * @param maxOutput the most tokens that the answer may have; 0 if it does not say
 * @param usageEdit what makes the host state the usage, if it would not otherwise
 * @param noteSpot where a note fits; empty if the newest message is the model's own
 */
public record RequestOutline(
    Set<String> models,
    boolean inBackground,
    long maxOutput,
    Optional<Edit> usageEdit,
    Optional<NoteSpot> noteSpot) {
  public RequestOutline {
    models = Set.copyOf(models);
  }
}
