package io.numa.avatar.backend.plan;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.numa.avatar.document.DocumentLanguage;
import io.numa.avatar.document.KeyRule;
import io.numa.avatar.document.KeyRule.Broken;
import io.numa.avatar.document.SchemaNodes;
import io.numa.avatar.document.Shape;
import io.numa.avatar.plan.CommandLine;
import io.numa.avatar.plan.ReviewPolicy.Action;
import io.numa.avatar.plan.Step.Occurrences;
import io.numa.avatar.plan.TestCommand;
import io.numa.avatar.plan.TestPolicy.Dilution;
import io.numa.avatar.plan.TestPolicy.FailOn;
import io.numa.avatar.plan.WorkspacePath;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The language of plans: its kinds of values, and the rules between keys. */
final class PlanLanguage {
  static final DocumentLanguage<PlanDocument> PLAN =
      DocumentLanguage.of(PlanDocument.class, new PlanWords("plan", "steps"))
          .kind(PlanDocument.Version.class, PlanValues.VERSION)
          .kind(String.class, PlanValues::text)
          .kind(Boolean.class, PlanValues.FLAG)
          .kind(Integer.class, PlanValues.STRIP)
          .kind(Long.class, PlanValues.COUNT)
          .kind(BigDecimal.class, PlanValues.COST)
          .kind(WorkspacePath.class, PlanValues.PATH)
          .kind(StepDocument.Folder.class, PlanValues.FOLDER)
          .kind(StepDocument.Variable.class, CommandValues.VARIABLE)
          .kind(
              StepDocument.Encoding.class,
              PlanValues.oneOf(
                  List.of(StepDocument.Encoding.values()),
                  encoding -> encoding.name().toLowerCase(Locale.ROOT).replace('_', '-')))
          .kind(FailOn.class, PlanValues.oneOf(List.of(FailOn.values()), FailOn::word))
          .kind(Dilution.class, PlanValues.oneOf(List.of(Dilution.values()), Dilution::word))
          .kind(Action.class, PlanValues.oneOf(List.of(Action.values()), Action::word))
          .kind(Occurrences.class, PlanValues.OCCURRENCES)
          .kind(Pattern.class, PlanValues.REGEX)
          .kind(Duration.class, PlanValues.TIMEOUT)
          .kind(CommandLine.class, CommandValues.COMMAND)
          .kind(TestCommand.class, CommandValues.TEST_COMMAND)
          .kind(Set.class, CommandValues.EXIT_CODES)
          .rules(StepDocument.class, oneVerb())
          .rules(
              StepDocument.Write.class,
              KeyRule.exactlyOneOf("content", "symlink"),
              KeyRule.notBeside("encoding", "symlink"),
              KeyRule.notBeside("executable", "symlink"),
              decodable("content"))
          .rules(StepDocument.Patch.class, decodable("diff"))
          .rules(
              StepDocument.Assert.class, KeyRule.exactlyOneOf("exists", "matches", "not_matches"))
          .nullable(key -> !key.isRequired() && !isVerb(key))
          .build();

  private PlanLanguage() {}

  static boolean isVerb(Shape.Component key) {
    return key.source().getDeclaringRecord().equals(StepDocument.class)
        && key.shape() instanceof Shape.Mapping;
  }

  /** The text of a key must be valid in the given {@code encoding}. */
  private static KeyRule decodable(String key) {
    return KeyRule.beyondSchemas(
        mapping -> {
          boolean base64 = mapping.path("encoding").asText().equals("base64");
          if (base64 && mapping.path(key).isTextual()) {
            try {
              StepDocument.decode(mapping.path(key).asText());
            } catch (IllegalArgumentException e) {
              return Optional.of(new Broken(key, "is no base64: " + e.getMessage()));
            }
          }
          return Optional.empty();
        });
  }

  /** A step has exactly one verb. A verb without a value counts as well. */
  private static KeyRule oneVerb() {
    List<String> verbs =
        Stream.of(StepDocument.class.getRecordComponents())
            .filter(component -> component.getType().isRecord())
            .map(Shape.Component::nameOf)
            .toList();
    return new KeyRule(
        Optional.of(SchemaNodes.oneOf(verbs.stream().map(PlanLanguage::having).toList())),
        (step, known) -> checkVerbs(verbs, step, known));
  }

  private static ObjectNode having(String verb) {
    ObjectNode choice = SchemaNodes.empty();
    choice.putArray("required").add(verb);
    return choice;
  }

  private static Optional<Broken> checkVerbs(
      List<String> verbs, JsonNode step, List<String> known) {
    List<String> present = verbs.stream().filter(step::has).toList();
    if (present.size() > 1) {
      String found = String.join(", ", present);
      return Optional.of(
          new Broken(
              "", "does more than one thing: " + found + "; make it " + present.size() + " steps"));
    }
    boolean allKnown = step.properties().stream().allMatch(entry -> known.contains(entry.getKey()));
    return present.isEmpty() && allKnown
        ? Optional.of(new Broken("", "does nothing; it needs one of " + String.join(", ", verbs)))
        : Optional.empty();
  }
}
