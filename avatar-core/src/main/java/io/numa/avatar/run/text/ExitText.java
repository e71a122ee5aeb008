package io.numa.avatar.run.text;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Describes the exit codes that shells and signals give to commands. */
public final class ExitText {
  private static final Map<Integer, String> MEANINGS =
      Map.of(
          126, "a program may not be executed",
          127, "a program was not found",
          130, "interrupted (SIGINT)",
          132, "crashed (SIGILL)",
          134, "aborted (SIGABRT)",
          135, "crashed (SIGBUS)",
          136, "crashed (SIGFPE)",
          137, "killed (SIGKILL), often because memory ran out",
          139, "crashed (SIGSEGV)",
          143, "ended from outside (SIGTERM)");

  /** What shells, and {@code env}, say about a program that they cannot start. */
  private static final Pattern NOT_STARTED =
      Pattern.compile(
          "(?:[^ :]*sh|[^ :]*env)(?:: line \\d+|: \\d+)?: ['\u2018]?(?<program>[^:]+?)['\u2019]?: "
              + "(?<why>command not found|not found|No such file or directory|Permission denied"
              + "|cannot execute.*|Exec format error.*)");

  private static final Pattern NOT_FOUND_BY_ZSH =
      Pattern.compile("zsh:(?:\\d+:)? (?<why>command not found): (?<program>.+)");

  private static final int MAX_PROGRAM = 100;

  private ExitText() {}

  /** Such as {@code exited with 139: crashed (SIGSEGV)}. */
  public static String of(int exitCode) {
    return "exited with " + exitCode + meaning(exitCode).map(text -> ": " + text).orElse("");
  }

  /** What the code means; empty for a code that a program chose. */
  public static Optional<String> meaning(int exitCode) {
    return Optional.ofNullable(MEANINGS.get(exitCode));
  }

  /**
   * Why a program could not be started, such as {@code `pnpm` not found}.
   *
   * @param exitCode 126 or 127
   * @param lastLines the end of the command's output, which may have the shell's words
   */
  static String notStarted(int exitCode, List<String> lastLines) {
    String reason = meaning(exitCode).orElse("");
    for (String line : lastLines) {
      reason = program(line).orElse(reason);
    }
    return reason;
  }

  private static Optional<String> program(String line) {
    for (Pattern pattern : List.of(NOT_STARTED, NOT_FOUND_BY_ZSH)) {
      Matcher said = pattern.matcher(line);
      if (said.matches() && said.group("program").length() <= MAX_PROGRAM) {
        String why = said.group("why").replace("command not found", "not found");
        return Optional.of("`" + said.group("program") + "` " + lower(why));
      }
    }
    return Optional.empty();
  }

  private static String lower(String why) {
    return switch (why) {
      case "No such file or directory" -> "not found";
      case "Permission denied" -> "may not be executed";
      default -> why;
    };
  }
}
