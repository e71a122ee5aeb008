package io.numa.avatar.cli.config;

import io.numa.avatar.cli.config.value.Accepts.Form;
import io.numa.avatar.cli.config.value.PromptFile;
import io.numa.avatar.document.Key;
import io.numa.avatar.document.Key.Default;
import io.numa.avatar.document.Key.Names;
import io.numa.avatar.document.Key.Noun;
import io.numa.avatar.document.Key.Required;
import io.numa.avatar.document.Key.SameAs;
import io.numa.avatar.plan.ReviewPolicy;
import io.numa.avatar.plan.ReviewPolicy.Action;
import io.numa.avatar.port.Secret;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** The coding agents, which carry out tasks of prose. */
public record AgentsSection(
    @Key(
            value =
                "The agent that works where a task or step names none. Without it, the first one.",
            name = "default")
        @Form(value = AgentEntry.NAME, expected = AgentEntry.A_NAME)
        Optional<String> preferred,
    @Key("The agents. Without any, the avatar leaves tasks of prose to other avatars.") @Default("")
        List<AgentEntry> available,
    @Key("File with the text around a task's words, in place of the built-in one.")
        Optional<PromptFile> promptFile,
    @Key("The prices of models, by the models' names, for a million tokens.")
        @Default("")
        @Names(
            value = "[^\\s\\x00-\\x1f\\x7f]{1,200}",
            otherwise = "is no model's name, which has no blanks")
        Map<String, Price> prices,
    @Key("What all agents may spend together, over all tasks; needs `api` and the prices of all.")
        Budget budget,
    @Key("Whether to keep what agents ask their models and get back, in `<attempt>.llm.jsonl`.")
        @Default("false")
        Boolean record) {

  /** The agents, the default one first. */
  public List<AgentEntry> inOrder() {
    var ordered = new ArrayList<>(available);
    available.stream()
        .filter(agent -> preferred.filter(agent.name()::equals).isPresent())
        .findFirst()
        .ifPresent(
            first -> {
              ordered.remove(first);
              ordered.add(0, first);
            });
    return List.copyOf(ordered);
  }

  /** The keys of the models' hosts, as far as they are known. */
  Stream<Secret> keys() {
    return available.stream().flatMap(AgentEntry::knownKey);
  }

  /** The secrets that agents get. */
  Stream<Secret> secrets() {
    return available.stream().flatMap(agent -> agent.secrets().values().stream());
  }

  /** What all agents may spend together. Days and months are those of the machine's time zone. */
  public record Budget(
      @Key(
              "How much in a calendar day, in the currency of `agents.prices`. Days begin at midnight"
                  + " in the machine's time zone.")
          Optional<BigDecimal> day,
      @Key("How much in a calendar month.") Optional<BigDecimal> month) {}

  /** The review of each change by another agent. */
  public record Review(
      @Key(
              "The agent that reviews, in a session and a read-only sandbox of its own. Plans and"
                  + " repositories cannot choose another. Without it, only changes of plans and"
                  + " repositories that ask for it are reviewed.")
          @Form(value = AgentEntry.NAME, expected = AgentEntry.A_NAME)
          Optional<String> agent,
      @Key(
              "What follows from its findings: `report` tells them, `repair` also gives them back to"
                  + " the agent that made the change, `fail` then fails the task if a blocker is"
                  + " left or there is no verdict. Plans and repositories may be stricter. Without"
                  + " it, `report`.")
          @Form(value = "report|repair|fail", expected = "report, repair or fail")
          Optional<String> action) {
    /** The operator's policy. */
    public ReviewPolicy policy() {
      return agent.isEmpty()
          ? ReviewPolicy.UNSAID
          : new ReviewPolicy(agent, action.map(Action::of).or(() -> Optional.of(Action.REPORT)));
    }
  }

  /**
   * The price of a million tokens of a model.
   *
   * @param cached as {@code input} if it is not given
   * @param cacheWrite as {@code input} if it is not given
   */
  @Noun("a price: input, output, …")
  public record Price(
      @Key("Price of prompts.") @Required BigDecimal input,
      @Key("Price of the part of prompts that the model's host read from its cache.")
          @SameAs("input")
          Optional<BigDecimal> cached,
      @Key("Price of the part of prompts that it wrote to its cache.") @SameAs("input")
          Optional<BigDecimal> cacheWrite,
      @Key("Price of answers.") @Required BigDecimal output) {}
}
