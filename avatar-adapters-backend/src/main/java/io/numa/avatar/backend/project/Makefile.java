package io.numa.avatar.backend.project;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Finds the target of a makefile that runs tests. */
record Makefile(String text) {
  /**
   * Names followed by one or two colons, and no assignment. Comments and recipes do not have that
   * form.
   */
  private static final Pattern RULE =
      Pattern.compile("([^\\t#=:][^#=:]*)::?(?![:=])([^;#]*)(?:;(.*))?.*");

  private static final Pattern CONTINUED = Pattern.compile("\\\\\\r?\\n\\s*");
  private static final Pattern RECIPE_MARKS = Pattern.compile("^\\s*[@+-]+\\s*");

  /** How many targets and prerequisites are looked at. */
  private static final int MAX_TARGETS = 100;

  /** The name of the makefile that make would use in a folder. */
  static Optional<String> nameIn(ProjectFolder folder) {
    return Stream.of("GNUmakefile", "makefile", "Makefile").filter(folder::has).findFirst();
  }

  /** The makefile that make would use in a folder; an empty one if there is none. */
  static Makefile in(ProjectFolder folder) {
    return new Makefile(nameIn(folder).map(folder::text).orElse(""));
  }

  /** The rules and commands of these targets and of all their prerequisites. */
  List<String> recipes(String... targets) {
    var open = new ArrayDeque<>(List.of(targets));
    Set<String> known = new LinkedHashSet<>();
    List<String> lines = new ArrayList<>();
    while (!open.isEmpty() && known.size() < MAX_TARGETS) {
      String target = open.pop();
      if (known.add(target) && has(target)) {
        List<String> prerequisites = prerequisites(target);
        lines.add(target + ": " + String.join(" ", prerequisites));
        lines.addAll(recipe(target));
        open.addAll(prerequisites);
      }
    }
    return lines;
  }

  private List<String> prerequisites(String target) {
    return CONTINUED
        .matcher(text)
        .replaceAll(" ")
        .lines()
        .filter(line -> isRule(line, target))
        .map(RULE::matcher)
        .filter(Matcher::matches)
        .flatMap(rule -> Stream.of(rule.group(2).strip().split("\\s+")))
        .filter(name -> !name.isEmpty())
        .toList();
  }

  /** The first of the targets that the makefile has and that is more than a demonstration. */
  Optional<String> testTarget(String... targets) {
    return Stream.of(targets).filter(this::tests).findFirst();
  }

  /** Whether the makefile has the target with any commands. */
  boolean has(String target) {
    return CONTINUED.matcher(text).replaceAll(" ").lines().anyMatch(line -> isRule(line, target));
  }

  /** What only prints, or shows a version, a help or a demo, finds no faults. */
  private boolean tests(String target) {
    List<String> recipe = recipe(target);
    return has(target) && (recipe.isEmpty() || !recipe.stream().allMatch(Idle::onlyShows));
  }

  /** The commands of the target. */
  private List<String> recipe(String target) {
    List<String> recipe = new ArrayList<>();
    boolean inside = false;
    for (String line : CONTINUED.matcher(text).replaceAll(" ").lines().toList()) {
      Matcher rule = RULE.matcher(line);
      if (rule.matches()) {
        inside = isRule(line, target);
        if (inside && rule.group(3) != null) {
          recipe.add(rule.group(3).strip());
        }
      } else if (inside && line.startsWith("\t") && !line.isBlank()) {
        recipe.add(RECIPE_MARKS.matcher(line).replaceFirst("").strip());
      }
    }
    return recipe;
  }

  private static boolean isRule(String line, String target) {
    Matcher rule = RULE.matcher(line);
    return rule.matches() && List.of(rule.group(1).strip().split("\\s+")).contains(target);
  }
}
