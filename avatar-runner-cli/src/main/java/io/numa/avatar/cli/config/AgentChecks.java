package io.numa.avatar.cli.config;

import io.numa.avatar.cli.config.value.Origin;
import io.numa.avatar.cli.config.value.YamlPrinter;
import io.numa.avatar.document.NearestName;
import io.numa.avatar.port.Secret;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The rules between the keys of {@code agents}. */
final class AgentChecks {
  private static final String AVAILABLE = "agents.available";

  private final Configuration configuration;
  private final BoundValues values;
  private final Problems problems;
  private final KeyRules rules;

  AgentChecks(Configuration configuration, BoundValues values, Problems problems) {
    this.configuration = configuration;
    this.values = values;
    this.problems = problems;
    this.rules = new KeyRules(values, problems);
  }

  void run() {
    List<@Nullable AgentEntry> entries = configuration.agents().available();
    if (entries == null) {
      return;
    }
    Map<String, String> names = new LinkedHashMap<>();
    for (int i = 0; i < entries.size(); i++) {
      AgentEntry entry = entries.get(i);
      String key = AVAILABLE + "[" + i + "]";
      if (entry != null) {
        checkNameDiffers(entry.name(), key + ".name", names);
        if (!problems.areThereBelow(key)) { // else one mistake would be reported twice
          check(entry, key + ".", values.originOfEntry(AVAILABLE, i));
        }
      }
    }
    if (names.size() == entries.size()) {
      List<String> known = List.copyOf(names.keySet());
      checkIsKnown("agents.default", configuration.agents().preferred(), known);
      checkIsKnown("review.agent", configuration.review().agent(), known);
    }
    rules.needs("review.action", "review.agent");
    if (!problems.areThereBelow("")) { // else secrets may be missing
      checkSecretsStayApart();
    }
  }

  private void checkNameDiffers(@Nullable String name, String key, Map<String, String> seen) {
    String other = name == null ? null : seen.putIfAbsent(name, key);
    if (other != null) {
      rules.add(key, "is '" + name + "', expected another name than that of " + other);
    }
  }

  private void checkIsKnown(String key, Optional<String> wanted, List<String> names) {
    if (wanted.isEmpty() || names.contains(wanted.get())) {
      return;
    }
    String known = names.isEmpty() ? "there are none" : "there are: " + String.join(", ", names);
    String near =
        NearestName.of(wanted.get(), names)
            .map(name -> "; did you mean '" + name + "'?")
            .orElse("; " + known);
    rules.add(
        key, "is '" + wanted.get() + "', expected the name of an agent in agents.available" + near);
  }

  /**
   * What an agent must not see would stand in its environment. The stars of {@code config show} are
   * all the same, and its output can be read again.
   */
  private void checkSecretsStayApart() {
    List<AgentEntry> entries = configuration.agents().available();
    Set<Secret> own = new HashSet<>(configuration.ownSecrets());
    own.remove(new Secret(YamlPrinter.MASK));
    for (int i = 0; i < entries.size(); i++) {
      String key = AVAILABLE + "[" + i + "].";
      checkApart(key + "environment", entries.get(i).environment(), own);
      checkApart(key + "secrets", entries.get(i).secrets(), own);
    }
  }

  private void checkApart(String key, Map<String, Secret> variables, Set<Secret> own) {
    variables.forEach(
        (name, value) -> {
          if (own.contains(value)) {
            rules.add(
                key,
                "gives the agent, as "
                    + name
                    + ", a secret of the avatar; an agent must not see it");
          }
        });
  }

  private void check(AgentEntry entry, String prefix, Origin origin) {
    rules.checkProgram(prefix + "command", entry.command().isEmpty() ? null : entry.command());
    if (entry.command().isEmpty() && entry.preset().isEmpty()) {
      problems.add(
          origin,
          prefix.substring(0, prefix.length() - 1),
          "gives neither a preset nor a command, expected one of them");
    }
    if (entry.api() != null) {
      checkApi(entry.api(), prefix + "api.");
    }
    checkCounting(entry, prefix);
    checkBudget(entry, prefix);
  }

  private void checkApi(AgentEntry.Api api, String prefix) {
    List<String> names = List.of("key", "key_file", "key_command");
    rules.oneOf(prefix, names.toArray(String[]::new));
    rules.checkProgram(prefix + "key_command", api.keyCommand());
    if (names.stream().noneMatch(name -> values.has(prefix + name))) {
      rules.add(
          prefix + "base_url",
          "stands without a key, expected one of "
              + String.join(", ", names)
              + " beside it (such as '-', if the host wants none)");
    }
    if (!api.allowInsecureHttp() && KeyRules.isExposed(api.baseUrl())) {
      rules.add(
          prefix + "base_url",
          "would carry the key over plain http to another machine; use https,"
              + " or set allow_insecure_http to true beside it");
    }
  }

  /** A limit that is not counted would be no limit. */
  private void checkCounting(AgentEntry entry, String prefix) {
    String limits = prefix + "limits.";
    List<String> unseen =
        Stream.of("tokens", "cost").filter(name -> values.has(limits + name)).toList();
    if (entry.api() == null) {
      unseen.forEach(
          name ->
              rules.add(
                  limits + name, "needs 'api', as the avatar counts only what passes its gateway"));
    } else if (values.has(limits + "cost")) {
      checkPrices(entry, limits + "cost");
    }
  }

  /** A budget is for all agents, so each of them must be counted. */
  private void checkBudget(AgentEntry entry, String prefix) {
    Optional<String> budget =
        Stream.of("agents.budget.day", "agents.budget.month").filter(values::has).findFirst();
    if (budget.isEmpty()) {
      return;
    }
    if (entry.api() == null) {
      rules.add(
          budget.get(),
          "needs '"
              + prefix
              + "api', as the avatar counts only what passes its gateway; give it, or leave out"
              + " that agent");
    } else if (entry.pricedModels().isEmpty()) {
      rules.add(budget.get(), "needs '" + prefix + "model', whose price it is counted by");
    } else {
      requirePrices(entry, budget.get());
    }
  }

  private void checkPrices(AgentEntry entry, String key) {
    if (entry.pricedModels().isEmpty()) {
      rules.add(key, "needs 'model' or 'models', whose prices it is counted by");
      return;
    }
    requirePrices(entry, key);
  }

  private void requirePrices(AgentEntry entry, String key) {
    var unpriced = new ArrayList<>(entry.pricedModels());
    Map<String, AgentsSection.@Nullable Price> prices = configuration.agents().prices();
    if (prices != null) {
      unpriced.removeAll(prices.keySet());
    }
    if (!unpriced.isEmpty()) {
      rules.add(key, "needs the price of " + String.join(", ", unpriced) + " in agents.prices");
    }
  }
}
