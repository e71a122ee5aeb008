package io.numa.avatar.agent.review;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import io.numa.avatar.port.agent.ReviewAnswer;
import io.numa.avatar.task.agent.ReviewFinding;
import io.numa.avatar.task.agent.ReviewReport;
import io.numa.avatar.task.agent.ReviewReport.Verdict;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Puts an answer together from the pieces of JSON in it. Not thread-safe. */
final class CollectedReview {
  private static final int MAX_DEPTH = 3;

  private static final List<String> VERDICTS = List.of("verdict", "decision", "conclusion");
  private static final List<String> LISTS =
      List.of("findings", "issues", "problems", "comments", "blockers");

  private static final Set<String> GOOD =
      Set.of("approve", "approved", "accept", "accepted", "pass", "passed", "lgtm");

  private static final Set<String> BAD =
      Set.of(
          "reject",
          "rejected",
          "fail",
          "failed",
          "block",
          "blocked",
          "request_changes",
          "changes_requested",
          "needs_changes",
          "needs_work");

  private Verdict verdict = Verdict.NONE;
  private List<ReviewFinding> findings = new ArrayList<>();

  /** Adds what a piece says. A later review takes the place of an earlier one. */
  void add(JsonNode piece) {
    add(piece, MAX_DEPTH);
  }

  private void add(JsonNode piece, int depth) {
    if (piece.isArray()) {
      piece.forEach(each -> add(each, depth - 1));
    } else if (piece.isObject() && depth >= 0) {
      addObject(piece, depth);
    }
  }

  private void addObject(JsonNode piece, int depth) {
    Optional<Verdict> said = verdict(piece);
    List<JsonNode> lists =
        LISTS.stream().map(name -> member(piece, name)).filter(JsonNode::isContainerNode).toList();
    if (said.isEmpty() && lists.isEmpty()) {
      Optional<ReviewFinding> finding = FindingReader.read(piece);
      finding.ifPresentOrElse(findings::add, () -> piece.forEach(each -> add(each, depth - 1)));
      return;
    }
    verdict = said.orElse(verdict);
    if (!lists.isEmpty()) {
      findings = new ArrayList<>();
      lists.forEach(list -> addFindings(list));
    }
  }

  /** A list, or a single finding in its place. */
  private void addFindings(JsonNode list) {
    Iterable<JsonNode> all = list.isArray() ? list : List.of(list);
    all.forEach(each -> FindingReader.read(each).ifPresent(findings::add));
  }

  private static Optional<Verdict> verdict(JsonNode piece) {
    return VERDICTS.stream()
        .map(name -> member(piece, name))
        .filter(JsonNode::isTextual)
        .map(word -> verdict(word.textValue()))
        .flatMap(Optional::stream)
        .findFirst();
  }

  /** A word that is not known is no verdict, so that it cannot pass for a good one. */
  private static Optional<Verdict> verdict(String text) {
    String word =
        text.strip().toLowerCase(Locale.ROOT).replaceAll("[\\s-]+", "_").replaceAll("[.!]+$", "");
    if (GOOD.contains(word)) {
      return Optional.of(Verdict.APPROVED);
    }
    return BAD.contains(word) ? Optional.of(Verdict.REJECTED) : Optional.empty();
  }

  /** The member of this name in any case; a missing node if there is none. */
  static JsonNode member(JsonNode object, String name) {
    return object.properties().stream()
        .filter(member -> member.getKey().equalsIgnoreCase(name))
        .map(Map.Entry::getValue)
        .findFirst()
        .orElseGet(MissingNode::getInstance);
  }

  /** The worst findings come first, and those beyond the limit are counted. */
  ReviewAnswer answer() {
    List<ReviewFinding> sorted =
        findings.stream().sorted(Comparator.comparing(ReviewFinding::severity)).toList();
    int kept = Math.min(sorted.size(), ReviewReport.MAX_FINDINGS);
    return new ReviewAnswer(verdict, sorted.subList(0, kept), sorted.size() - kept);
  }
}
