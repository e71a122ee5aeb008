package io.numa.avatar.run.review;

import io.numa.avatar.plan.ReviewPolicy.Action;
import io.numa.avatar.port.PortException;
import io.numa.avatar.port.agent.AgentTurn;
import io.numa.avatar.port.agent.ReviewAnswer;
import io.numa.avatar.port.agent.ReviewReader;
import io.numa.avatar.port.repository.StagedChange;
import io.numa.avatar.run.agent.Reviewer;
import io.numa.avatar.run.agent.TreeState;
import io.numa.avatar.run.secret.Redacted;
import io.numa.avatar.task.FailureKind;
import io.numa.avatar.task.StageFailedException;
import io.numa.avatar.task.TestReport;
import io.numa.avatar.task.agent.ReviewFinding;
import io.numa.avatar.task.agent.ReviewReport;
import io.numa.avatar.task.agent.ReviewReport.Verdict;
import java.io.IOException;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Reviews the changes of an attempt, each in a folder of its own that holds exactly what would be
 * committed. Used by the attempt's thread only.
 */
public final class ChangeReview {
  /** Why a reviewer may come to no verdict. */
  private static final Set<FailureKind> REVIEWERS =
      EnumSet.of(
          FailureKind.AGENT_LOGIN,
          FailureKind.AGENT_UNAVAILABLE,
          FailureKind.AGENT_FAILED,
          FailureKind.AGENT_REFUSED,
          FailureKind.AGENT_TIME,
          FailureKind.AGENT_SILENT,
          FailureKind.AGENT_LOOP,
          FailureKind.AGENT_BUDGET,
          FailureKind.DENIED);

  /** The most characters shown of a finding's text. */
  private static final int MAX_TEXT = 2_000;

  private static final int MAX_PATH = 300;
  private static final int MAX_PROBLEM = 1_000;

  private final Reviewer reviewer;
  private final ReviewReader reader;
  private final ReviewChoice choice;
  private final ReviewPrompt prompt;
  private int rounds;
  private Optional<Done> last = Optional.empty();

  public ChangeReview(
      Reviewer reviewer, ReviewReader reader, ReviewChoice choice, ReviewPrompt prompt) {
    this.reviewer = reviewer;
    this.reader = reader;
    this.choice = choice;
    this.prompt = prompt;
  }

  /** The last review, and the state of the tree that it was about. */
  private record Done(TreeState state, Review review) {}

  /** What came of asking. */
  private record Told(ReviewAnswer answer, Optional<String> problem) {}

  /**
   * The last review, if it was about a change that does the same, such as before a replay on what
   * others have pushed.
   */
  public Optional<Review> known(StagedChange change) throws IOException {
    if (last.isEmpty()) {
      return Optional.empty();
    }
    TreeState now = TreeState.of(change);
    return last.filter(done -> done.state().equals(now))
        .map(done -> new Review(change, done.review().report()));
  }

  /**
   * Reviews a change.
   *
   * @param tests the result of its tests; empty if none were run
   * @throws StageFailedException if the action is {@code FAIL} and the reviewer fails, with the
   *     kind of its failure; of kind {@code DENIED} if the change is another one afterwards
   * @throws PortException in the same way, if it does not start
   */
  public Review run(StagedChange change, Optional<TestReport> tests)
      throws StageFailedException, IOException, InterruptedException {
    TreeState reviewed = TreeState.of(change);
    String text = prompt.of(change, tests);
    Path folder = change.checkOut();
    rounds++;
    Told told = tell(folder, text);
    if (!TreeState.of(change).equals(reviewed)) {
      throw new StageFailedException(
          FailureKind.DENIED, "the change is not the one any more that was reviewed");
    }
    var review = new Review(change, report(told, folder));
    last = Optional.of(new Done(reviewed, review));
    return review;
  }

  private Told tell(Path folder, String text) throws StageFailedException, InterruptedException {
    try {
      return ask(folder, text);
    } catch (StageFailedException e) {
      if (isFatal(e.kind())) {
        throw e;
      }
      return new Told(ReviewAnswer.UNREADABLE, Optional.of(e.getMessage()));
    } catch (PortException e) {
      if (isFatal(e.kind())) {
        throw e;
      }
      return new Told(ReviewAnswer.UNREADABLE, Optional.of(e.getMessage()));
    } finally {
      reviewer.end();
    }
  }

  private boolean isFatal(FailureKind kind) {
    return choice.action() == Action.FAIL || !REVIEWERS.contains(kind);
  }

  /** Asks a second time where the answer has no verdict. */
  private Told ask(Path folder, String text) throws StageFailedException, InterruptedException {
    String round = rounds == 1 ? "" : ", round " + rounds;
    ReviewAnswer first = answer(folder, text, choice.agent() + " reviews the change" + round);
    if (first.verdict() != Verdict.NONE) {
      return new Told(first, Optional.empty());
    }
    String again =
        reviewer.remembers(choice.agent(), folder)
            ? ReviewPrompt.AGAIN
            : text + "\n\n" + ReviewPrompt.AGAIN;
    ReviewAnswer second =
        answer(folder, again, "the answer of " + choice.agent() + " has no verdict; once more");
    if (second.verdict() != Verdict.NONE) {
      return new Told(second, Optional.empty());
    }
    return new Told(
        second.findings().isEmpty() ? first : second,
        Optional.of("its answers had no verdict that could be read"));
  }

  private ReviewAnswer answer(Path folder, String text, String why)
      throws StageFailedException, InterruptedException {
    AgentTurn turn = reviewer.ask(choice.agent(), folder, text, why);
    return reader.read(turn.summary());
  }

  private ReviewReport report(Told told, Path folder) {
    List<ReviewFinding> findings =
        told.answer().findings().stream().map(finding -> local(finding, folder)).toList();
    return new ReviewReport(
        choice.agent(),
        choice.action(),
        told.answer().verdict(),
        rounds,
        findings,
        told.answer().omitted(),
        reviewer.usage(),
        told.problem().map(problem -> shown(problem, MAX_PROBLEM)));
  }

  /** Names files without the folder that was reviewed, and no secrets. */
  private ReviewFinding local(ReviewFinding finding, Path folder) {
    String prefix = folder + "/";
    return new ReviewFinding(
        finding.severity(),
        finding
            .path()
            .map(path -> shown(path.replace(prefix, ""), MAX_PATH).replaceAll("\\s+", " ").strip())
            .filter(path -> !path.isEmpty()),
        finding.line(),
        shown(finding.text().replace(prefix, ""), MAX_TEXT));
  }

  private String shown(String text, int limit) {
    return Redacted.of(text, prompt.redactor()).shortened(limit).toString().strip();
  }
}
