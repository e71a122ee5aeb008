package io.numa.avatar.backend.plan;

import com.fasterxml.jackson.databind.JsonNode;
import io.numa.avatar.plan.PlanProblem;
import io.numa.avatar.plan.PlanSource;
import java.util.ArrayList;
import java.util.List;

/**
 * Reads development plans, in JSON or YAML, and finds everything that is wrong with them at once.
 *
 * <p>In an {@code assert} step, {@code matches} and {@code not_matches} are Java regular
 * expressions of which a match is looked for anywhere in the file; {@code ^} and {@code $} match at
 * every line.
 *
 * <p>YAML is read by the rules of version 1.1, except that only {@code true} and {@code false} are
 * truth values, and that aliases are refused.
 */
public final class PlanReader {

  /**
   * Reads a text: a structured plan if it parses and has {@code steps} at its top, prose otherwise.
   * A text that has a list {@code steps} at its top and breaks off behind that is a broken plan,
   * not prose.
   */
  public PlanSource read(String text) {
    Document document = Document.parse(withoutByteOrderMark(text));
    if (document.root().isMissingNode()) {
      return document.hasSteps()
          ? new PlanSource.Invalid(document.problems())
          : new PlanSource.Prose(text);
    }
    return document.root().has("steps")
        ? read(document.root(), document.problems())
        : new PlanSource.Prose(text);
  }

  /** Reads a structured plan. */
  public PlanSource read(JsonNode plan) {
    return read(plan, List.of());
  }

  private static PlanSource read(JsonNode plan, List<PlanProblem> found) {
    var place = new Place("", new ArrayList<>(found));
    return PlanLanguage.read(plan, place)
        .<PlanSource>map(PlanSource.Structured::new)
        .orElseGet(() -> new PlanSource.Invalid(place.problems()));
  }

  private static String withoutByteOrderMark(String text) {
    return text.startsWith("\ufeff") ? text.substring(1) : text;
  }
}
