package io.numa.avatar.backend.project;

import io.numa.avatar.plan.CommandLine;
import io.numa.avatar.plan.CommandLine.Argv;
import io.numa.avatar.plan.CommandLine.Shell;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * How projects of one kind are recognised and tested.
 *
 * @param ecosystem the kind, for people
 * @param marker what tells of the tests, for people
 * @param applies whether a folder has the marker
 * @param command a line of shell, in which each {@link Part} stands in braces
 */
record TestRule(String ecosystem, String marker, Predicate<ProjectFolder> applies, String command) {
  private static final Pattern PART = Pattern.compile("\\{([a-z-]+)\\}");
  private static final Pattern PLAIN_WORDS = Pattern.compile("[A-Za-z0-9_.,:/@+ -]+");

  /** The parts of a command that depend on the project. */
  private enum Part {
    INSTALL(NodeManager::installIn),
    COMPOSER(folder -> folder.hasFolder("vendor") ? "" : "composer install --no-interaction && "),
    BUNDLE(folder -> folder.has("Gemfile") ? "bundle exec " : ""),
    PYTHONPATH(folder -> new PythonProject(folder).path()),
    UNITTESTS(folder -> new PythonProject(folder).unittestFolder()),
    MVNW(folder -> script(folder, "./mvnw")),
    GRADLEW(folder -> script(folder, "./gradlew")),
    CONFIGURE(folder -> script(folder, "./configure")),
    OPTIONS(TestRules::cmakeOptions),
    CHECK(folder -> TestRules.configuredTarget(folder).orElseThrow()),
    TARGET(folder -> Makefile.in(folder).testTarget("test", "check").orElseThrow()),
    BATS(folder -> TestRules.batsFolder(folder).orElseThrow());

    @SuppressWarnings("ImmutableEnumChecker") // has no state
    private final Function<ProjectFolder, String> text;

    Part(Function<ProjectFolder, String> text) {
      this.text = text;
    }
  }

  /** The command for a project to which the rule applies, to be run in its folder. */
  CommandLine commandIn(ProjectFolder folder) {
    String line =
        PART.matcher(command)
            .replaceAll(part -> Matcher.quoteReplacement(text(part.group(1), folder)));
    return PLAIN_WORDS.matcher(line).matches()
        ? new Argv(List.of(line.split(" ")))
        : new Shell(line);
  }

  private static String text(String part, ProjectFolder folder) {
    return Part.valueOf(part.toUpperCase(Locale.ROOT)).text.apply(folder);
  }

  /** Runs a script by the shell if the file has no executable bit, such as after an unzip. */
  private static String script(ProjectFolder folder, String file) {
    return folder.isExecutable(file) ? file : "sh " + file;
  }
}
