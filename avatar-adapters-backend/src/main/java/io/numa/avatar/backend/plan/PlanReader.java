package io.numa.avatar.backend.plan;

import com.fasterxml.jackson.databind.JsonNode;
import io.numa.avatar.document.DocumentLanguage;
import io.numa.avatar.document.DocumentProblem;
import io.numa.avatar.document.ParsedText;
import io.numa.avatar.plan.PlanProblem;
import io.numa.avatar.plan.PlanSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Reads development plans in JSON or YAML, and reports all their problems at once.
 *
 * <p>In an {@code assert} step, {@code matches} and {@code not_matches} are Java regular
 * expressions; a match may be anywhere in the file, and {@code ^} and {@code $} match at every
 * line.
 *
 * <p>YAML follows version 1.1, with two exceptions: only {@code true} and {@code false} are truth
 * values, and aliases are refused.
 */
public final class PlanReader {

  /**
   * Reads a text: a structured plan if it parses and has {@code steps} at its top, prose otherwise.
   * If a text has a list {@code steps} at its top and cannot be parsed to its end, it is a broken
   * plan, not prose.
   */
  public PlanSource read(String text) {
    ParsedText document = ParsedText.parse(withoutByteOrderMark(text), "steps");
    if (document.root().isMissingNode()) {
      return document.hasList()
          ? new PlanSource.Invalid(planProblems(document.problems()))
          : new PlanSource.Prose(text);
    }
    return document.root().has("steps")
        ? read(document.root(), planProblems(document.problems()))
        : new PlanSource.Prose(text);
  }

  /**
   * Finds the structured plan in a text: the text itself, or the first fenced Markdown block that
   * has {@code version} and {@code steps} at its top; empty if there is none.
   */
  public Optional<PlanSource> find(String text) {
    PlanSource whole = read(text);
    return whole instanceof PlanSource.Prose
        ? FencedBlocks.of(text).stream().filter(this::isPlan).findFirst().map(this::readPlan)
        : Optional.of(whole);
  }

  /** A block with steps alone may be the configuration of another program. */
  private boolean isPlan(String block) {
    JsonNode root = ParsedText.parse(block, "steps").root();
    return root.has("version") && root.has("steps");
  }

  /** Reads a text that must be a structured plan: it is never prose. */
  public PlanSource readPlan(String text) {
    ParsedText document = ParsedText.parse(withoutByteOrderMark(text), "steps");
    return document.root().isMissingNode() && !document.problems().isEmpty()
        ? new PlanSource.Invalid(planProblems(document.problems()))
        : read(document.root(), planProblems(document.problems()));
  }

  /** Reads a structured plan. */
  public PlanSource read(JsonNode plan) {
    return read(plan, List.of());
  }

  private static PlanSource read(JsonNode plan, List<PlanProblem> found) {
    DocumentLanguage.Result<PlanDocument> result = PlanLanguage.PLAN.bind(plan);
    var problems = new ArrayList<>(found);
    problems.addAll(planProblems(result.problems()));
    return problems.isEmpty()
        ? new PlanSource.Structured(result.value().orElseThrow().plan())
        : new PlanSource.Invalid(problems);
  }

  public static List<PlanProblem> planProblems(List<DocumentProblem> found) {
    return found.stream()
        .map(problem -> new PlanProblem(problem.at().toString(), problem.message()))
        .toList();
  }

  private static String withoutByteOrderMark(String text) {
    return text.startsWith("\ufeff") ? text.substring(1) : text;
  }
}
