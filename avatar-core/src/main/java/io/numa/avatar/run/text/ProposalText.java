package io.numa.avatar.run.text;

import io.numa.avatar.port.Attempt;
import io.numa.avatar.run.secret.Redacted;
import io.numa.avatar.run.secret.Redactor;
import io.numa.avatar.task.AvatarId;
import io.numa.avatar.task.StepReport;
import io.numa.avatar.task.Task;
import io.numa.avatar.task.WorkSummary;
import java.util.stream.Collectors;

/**
 * The text of a change request, in Markdown. Text from outside is placed so that it cannot notify a
 * person, act as markup, or act as a command of the service (such commands begin a line).
 */
public final class ProposalText {
  /** Services accept more than this; GitHub accepts 65,536 characters. */
  static final int MAX_BODY = 60_000;

  /**
   * All services accept 255 characters, but some put their own word in front of a draft's title.
   */
  static final int MAX_TITLE = 200;

  private static final int MAX_STEPS = 50;

  /** Stands where the body is cut off. */
  private static final String CUT_OFF = "\n\n…\n";

  private final Redactor redactor;

  public ProposalText(Redactor redactor) {
    this.redactor = redactor;
  }

  /** The task's title, on one line. */
  public String title(Task task) {
    Redacted title =
        Redacted.of(task.title(), redactor).changed(text -> text.replaceAll("\\s+", " ").strip());
    return title.isEmpty() ? "Task " + task.id() : title.shortened(MAX_TITLE - 1).toString();
  }

  /**
   * The body: the task, the steps, what a coding agent did and says, the test results, and what a
   * reviewer found.
   */
  public String body(Task task, Attempt attempt, AvatarId avatar, WorkSummary work) {
    String trailer =
        redactor.redact(
            "\n---\nOpened by Numa Avatar.\n\nNuma-Task: "
                + raw(task.id().value())
                + "\nNuma-Avatar: "
                + raw(avatar.value())
                + "\nNuma-Attempt: "
                + attempt.id()
                + "\n");
    String text = summary(task, work) + steps(work) + agent(work) + tests(work) + review(work);
    int room = MAX_BODY - trailer.length() - CUT_OFF.length();
    return Redacted.of(text, redactor).shortened(room, CUT_OFF) + trailer;
  }

  private String summary(Task task, WorkSummary work) {
    return "**Task "
        + plain(task.id().value())
        + ":** "
        + plain(task.title())
        + "\n"
        + work.commit().map(commit -> "\nCommit " + commit).orElse("")
        + work.base().map(base -> ", on top of " + base + "\n").orElse("\n");
  }

  private String steps(WorkSummary work) {
    if (work.steps().isEmpty()) {
      return "";
    }
    int more = work.steps().size() - MAX_STEPS;
    return "\n**What was done**\n\n"
        + work.steps().stream().limit(MAX_STEPS).map(this::step).collect(Collectors.joining())
        + (more > 0 ? "- and " + more + " more steps\n" : "");
  }

  private String step(StepReport step) {
    return "- " + code(step.label()) + "\n";
  }

  private String agent(WorkSummary work) {
    return work.agent()
        .map(
            report ->
                "\n**The coding agent**\n\n"
                    + plain(AgentText.of(report))
                    + "\n"
                    + report.summary().map(said -> "\n" + indented(said)).orElse(""))
        .orElse("");
  }

  private String tests(WorkSummary work) {
    return "\n**Tests**\n\n"
        + work.tests()
            .map(report -> indented(TestSummary.of(report)))
            .orElse("Not tested: no tests were run.\n");
  }

  private String review(WorkSummary work) {
    return work.review()
        .map(
            report ->
                "\n**Review**\n\n"
                    + plain(ReviewText.headline(report))
                    + "\n"
                    + (report.findings().isEmpty()
                        ? ""
                        : "\n" + indented(ReviewText.findings(report))))
        .orElse("");
  }

  /** A block of code that its text cannot end. */
  private String indented(String text) {
    return shown(text)
        .lines()
        .map(line -> "    " + line.replace('\t', ' ') + "\n")
        .collect(Collectors.joining());
  }

  private String code(String text) {
    return "`" + shown(text).replaceAll("\\s+", " ").replace('`', '\'').strip() + "`";
  }

  /**
   * The text on one line. A mark after each {@code @} prevents a mention of a user. Secrets are
   * hidden first, because an escaped secret would not be found.
   */
  private String plain(String text) {
    return shown(text)
        .replaceAll("\\s+", " ")
        .replaceAll("([\\\\`*_\\[\\]|~])", "\\\\$1")
        .replace("<", "&lt;")
        .replace("@", "@&#8203;")
        .strip();
  }

  private String shown(String text) {
    return Redacted.of(text, redactor).toString();
  }

  /**
   * An id without Markdown escapes, for programs: a squash merge uses the body as a commit message,
   * with trailers.
   */
  private static String raw(String id) {
    return id.replaceAll("[\\p{Cntrl}\\s<@]", "");
  }
}
