package io.numa.avatar.agent.preset;

import io.numa.avatar.agent.settings.AgentDefinition;
import io.numa.avatar.agent.settings.ModelApi;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Tells operators which settings an agent seems to lack. */
public final class PresetAdvice {
  private PresetAdvice() {}

  /** What to change, as sentences that follow the agent's name; empty if all is well. */
  public static List<String> of(AgentDefinition agent) {
    if (agent.preset().isEmpty()) {
      return List.of();
    }
    var advice = new ArrayList<String>();
    Optional<ModelApi> api = agent.api();
    String end = Presets.of(agent).baseUrlEnd().orElse("");
    if (api.isPresent() && !end.isEmpty() && !path(api.get()).endsWith(end)) {
      advice.add(
          String.format(
              Locale.ROOT,
              "its 'api.base_url' does not end in '%s', as the preset '%s' expects",
              end,
              agent.preset().get()));
    }
    if (api.isPresent() && end.isEmpty() && path(api.get()).endsWith("/v1")) {
      advice.add(
          String.format(
              Locale.ROOT,
              "its 'api.base_url' ends in '/v1', which the preset '%s' adds by itself",
              agent.preset().get()));
    }
    if (api.isPresent() && agent.model().isEmpty()) {
      advice.add("has no 'model', so it takes the one that its program prefers");
    }
    return advice;
  }

  private static String path(ModelApi api) {
    String path = api.baseUrl().getPath();
    return path.endsWith("/") ? path.substring(0, path.length() - 1) : path;
  }
}
