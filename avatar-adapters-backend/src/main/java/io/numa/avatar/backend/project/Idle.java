package io.numa.avatar.backend.project;

import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Recognises lines of shell that test nothing. */
final class Idle {
  private static final Pattern SEPARATOR = Pattern.compile("&&|\\|\\||[;&|]");
  private static final Pattern QUOTED = Pattern.compile("\\\\.|\"[^\"]*\"|'[^']*'");
  private static final Set<String> PRINTING = Set.of("echo", "printf", "true", ":", "");
  private static final Set<String> ENDING = Set.of("exit", "false");

  private static final Pattern SHOWS_ITSELF =
      Pattern.compile("\\S+ +(-v|-V|-h|--version|--help|version|help)");
  private static final Pattern DEMO = Pattern.compile("(?i)(^|[^a-z])(demo|example|sample)s?");
  private static final Pattern TEST = Pattern.compile("(?i)test|check|spec|suite|verify|valid");

  private Idle() {}

  /** Whether the line only prints something. */
  static boolean onlyPrints(String line) {
    return commands(line).allMatch(PRINTING::contains);
  }

  /** Whether the line only prints something, or ends, as the script of {@code npm init} does. */
  static boolean onlyPrintsOrEnds(String line) {
    return commands(line).allMatch(word -> PRINTING.contains(word) || ENDING.contains(word));
  }

  /** Whether the line starts a program only to show something. */
  static boolean onlyShows(String line) {
    return onlyPrints(line)
        || SHOWS_ITSELF.matcher(line.strip()).matches()
        || (DEMO.matcher(line).find() && !TEST.matcher(line).find());
  }

  private static Stream<String> commands(String line) {
    String unquoted = QUOTED.matcher(line).replaceAll("_");
    return SEPARATOR.splitAsStream(unquoted).map(command -> command.strip().split("\\s+", 2)[0]);
  }
}
