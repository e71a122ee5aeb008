package io.numa.avatar.cli.command.common;

import io.numa.avatar.plan.DevelopmentPlan;
import io.numa.avatar.plan.Step;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options that say what a task is to do: a plan, or words for a coding agent. */
public final class TaskWork {
  private static final int TITLE = 72;
  private static final int NAME = 40;

  @Option(
      names = "--plan",
      required = true,
      paramLabel = "FILE",
      description = "The plan, JSON or YAML; - reads the standard input.")
  private @Nullable Path plan;

  @Option(
      names = "--prompt",
      required = true,
      paramLabel = "TEXT",
      description = "What a coding agent is to do, in your words; - reads the standard input.")
  private @Nullable String prompt;

  /**
   * The task's content.
   *
   * @param title for people
   * @param name a part of the names of branches and files
   * @param text the plan's text, or the words
   * @param isPlan whether it is a plan's text
   */
  public record Content(
      String title, String name, DevelopmentPlan steps, String text, boolean isPlan) {}

  /**
   * Reads the content.
   *
   * @param in the standard input
   */
  public Content read(InputStream in) {
    if (plan == null) {
      String words = words(in);
      String title = title(words);
      return new Content(
          title, name(title), DevelopmentPlan.of(Step.Agent.of(words)), words, false);
    }
    String file = PlanFile.isStandardInput(plan) ? "plan" : String.valueOf(plan.getFileName());
    String text = PlanFile.text(plan, in);
    return new Content(
        "carry out " + plan.getFileName(),
        file.replaceFirst("\\.[A-Za-z]+$", "").replaceAll("[^\\p{L}\\p{N}_-]+", "-"),
        PlanFile.parse(plan, text),
        text,
        true);
  }

  private String words(InputStream in) {
    String words = prompt == null ? "" : prompt;
    try {
      words = words.equals("-") ? new String(in.readAllBytes(), StandardCharsets.UTF_8) : words;
    } catch (IOException e) {
      throw new UsageException("could not read the standard input: " + e.getMessage());
    }
    if (words.isBlank()) {
      throw new UsageException("--prompt: is empty; say what the coding agent is to do");
    }
    return words.strip();
  }

  /** The first line, cut between words. */
  private static String title(String words) {
    String line = words.lines().findFirst().orElse("").strip();
    return line.length() <= TITLE ? line : beginning(line, TITLE - 2, ' ') + " …";
  }

  private static String name(String title) {
    String words =
        title
            .toLowerCase(Locale.ROOT)
            .replaceAll("[^\\p{L}\\p{N}]+", "-")
            .replaceAll("^-+|-+$", "");
    return words.isEmpty() ? "prompt" : beginning(words, NAME, '-');
  }

  /** The beginning of a text, up to a separator if there is one. */
  private static String beginning(String text, int longest, char separator) {
    if (text.length() <= longest) {
      return text;
    }
    int end = text.lastIndexOf(separator, longest);
    int last = Character.isHighSurrogate(text.charAt(longest - 1)) ? longest - 1 : longest;
    return text.substring(0, end > 0 ? end : last);
  }
}
